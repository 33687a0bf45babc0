"""A declaration that may be incomplete or wrong: what a form holds while somebody fills it in."""

from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, Field, JsonValue

from services.filing.declaration import Group
from services.filing.findings import broken

MOST_BYTES = 100_000
"""Of one part as JSON: more than the longest that a declaration may have."""


def _storable(part: JsonValue) -> JsonValue:
    """Refuses what the database can't keep: NUL, halves of characters, numbers of more than 64 bits."""
    try:
        text = orjson.dumps(part)
    except TypeError as error:
        raise broken("not_storable") from error
    if rb"\u0000" in text:
        raise broken("not_storable")
    if len(text) > MOST_BYTES:
        raise broken("too_long_to_keep")
    return part


Part = Annotated[dict[str, JsonValue], Field(default_factory=dict), AfterValidator(_storable)]
Answer = Annotated[JsonValue, AfterValidator(_storable)]


class Sketch(Group):
    """The parts of a declaration, each with anything in it. A part that is not there was not written yet."""

    basics: Part
    scale: Part
    storage: Part
    transport: Part
    carriers: Part
    it: Part
    willing: Answer = None

    @property
    def content(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)
