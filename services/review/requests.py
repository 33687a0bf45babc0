"""The base of what callers send."""

from typing import Annotated

from pydantic import ConfigDict, Field

from chassis.storable import STORABLE
from contracts.model import Model

Words = Annotated[str, Field(max_length=2000, pattern=STORABLE)]
"""An opinion, or a remark."""


class Request(Model):
    """A field that doesn't exist is refused: a misspelt one must not be taken for one left out."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
