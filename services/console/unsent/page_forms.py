"""The forms of a page that is drawn already, and which of them something was typed into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

FIXED = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
"""Kinds of input that stay as the page has them."""


@dataclass
class Found:
    """A form of the page: where it is sent, which of its fields can be filled in, and which it has at all."""

    action: str
    open: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def forms_of(page: str) -> list[Found]:
    """Those that change something, in the order of the page."""
    forms = _Forms()
    forms.feed(page)
    return forms.found


def choose(forms: Sequence[Found], action: str, names: set[str]) -> int | None:
    """The form that is sent to the same address, else the one with most of the fields."""
    fits = [(len(form.open & names) and 1 + (form.action == action), len(form.open & names)) for form in forms]
    best = max(range(len(forms)), key=fits.__getitem__, default=None)
    return best if best is not None and fits[best][0] else None


class _Forms(HTMLParser):
    """Finds the forms that change something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("method") == "post"
            if self._inside:
                self.found.append(Found(given.get("action") or ""))
        elif self._inside and tag in ("input", "select", "textarea", "button") and (name := given.get("name")):
            self.found[-1].names.add(name)
            if tag != "button" and given.get("type") not in FIXED:
                self.found[-1].open.add(name)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
