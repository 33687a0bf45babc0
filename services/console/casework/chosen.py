"""Which list of tasks a page shows: as its address says, and as services are asked for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from contracts.enums import Assignee, StageName
from services.console.casework.due import DUE

OPEN, DONE, OVERDUE = "open", "done", "overdue"
TABS = (OPEN, DONE, OVERDUE)
NOT_REVIEWS = frozenset({"state", "due", "whose"})
KNOWN: dict[str, tuple[str, ...]] = {"state": TABS, "stage": tuple(StageName), "due": DUE, "whose": ("authorities",)}


@dataclass(frozen=True)
class Chosen:
    """Empty is not asked for. `whose` is `authorities` where the ministry looks at their tasks, else one's own."""

    state: str = OPEN
    campaign: str = ""
    authority: str = ""
    stage: str = ""
    due: str = ""
    whose: str = ""
    q: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """Of an address; a word that is none of a closed set is left out."""
        asked = {field.name: given.get(field.name, "").strip() for field in fields(cls)}
        return cls(**{name: value for name, value in asked.items() if value and value in KNOWN.get(name, (value,))})

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Of what `text` wrote."""
        return cls.of(dict(parse_qsl(text)))

    @property
    def text(self) -> str:
        """What differs from the plain inbox, as in an address; empty for the plain inbox."""
        plain = asdict(Chosen())
        return urlencode({name: value for name, value in asdict(self).items() if value != plain[name]})

    @property
    def address(self) -> str:
        return f"/inbox?{self.text}" if self.text else "/inbox"

    @property
    def narrowed(self) -> bool:
        """Whether the list lacks some of its tab's tasks."""
        return replace(self, state=OPEN) != Chosen()

    def tab(self, state: str) -> str:
        """The address of the same list in another state."""
        return replace(self, state=state).address

    def page(self, cursor: str | None) -> str | None:
        """The address of the page that begins behind `cursor`."""
        if cursor is None:
            return None
        return f"{self.address}{'&' if self.text else '?'}{urlencode({'cursor': cursor})}"

    def case(self, nomination_id: str) -> str:
        """The address of a case of this list, which leads back to it and on to the next."""
        listed = f"?{urlencode({'list': self.text})}" if self.text else ""
        return f"/cases/{nomination_id}{listed}"

    def asked(self, due_before: datetime | None) -> dict[str, Any]:
        """The filters in review's words, without the state: list, counts and next task take the same."""
        asked = {name: value for name, value in asdict(self).items() if value and name not in NOT_REVIEWS}
        theirs = {"whose": "all", "assignee": Assignee.AUTHORITY} if self.whose else {}
        return asked | theirs | ({"due_before": due_before.isoformat()} if due_before else {})
