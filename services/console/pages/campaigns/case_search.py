"""Which service knows the cases that an address asks for, and how it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

SHOWN = 50


class View(StrEnum):
    """By what the enterprise sees (filing), or by how rounds of the stages stand (review)."""

    STATUS = "status"
    STAGE = "stage"


SHARED = ("authority", "enterprise_type", "q")
OWN: Mapping[View, Sequence[str]] = {
    View.STATUS: ("status", "failed_stage", "failed_cause"),
    View.STAGE: ("stage", "standing", "state", "outcome"),
}


@dataclass(frozen=True)
class Search:
    """`given` are the filters that say something, as they stand in the address; values of one name together."""

    view: View
    given: Mapping[str, Sequence[str]]

    @property
    def query(self) -> dict[str, str | Sequence[str]]:
        """For the service. Central enterprises have no authority; filing asks for them by their own name."""
        asked: dict[str, str | Sequence[str]] = {
            name: values if name == "status" else values[-1] for name, values in self.given.items()
        }
        if self.view is View.STATUS and asked.get("authority") == "none":
            asked |= {"central": "true"}
            del asked["authority"]
        return asked

    def first(self, name: str) -> str:
        return next(iter(self.given.get(name, ())), "")

    def address(self, **more: str) -> str:
        """The query of the same search, with more or other fields."""
        fields = {"view": [self.view.value], **self.given, **{name: [value] for name, value in more.items()}}
        return urlencode(fields, doseq=True)


def read_search(asked: QueryParams) -> Search:
    """A field of the other view is not looked at; what only one view knows chooses it."""
    view = View.STAGE if asked.get("view") == View.STAGE or _names(asked, View.STAGE) else View.STATUS
    names = (*SHARED, *OWN[view])
    values = {name: [value for value in map(str.strip, asked.getlist(name)) if value] for name in names}
    return Search(view, {name: found for name, found in values.items() if found})


def _names(asked: QueryParams, view: View) -> bool:
    return "view" not in asked and any(asked.get(name) for name in OWN[view])
