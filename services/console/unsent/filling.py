"""Fills in a form of a page that is drawn already with what was typed into it before: any form, as a browser would."""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from html.parser import HTMLParser

from services.console.unsent.page_forms import FIXED, choose, forms_of

TICKED = frozenset({"checkbox", "radio"})
OURS = re.compile(r"[!-~]*|[0-9a-f-]{36}\b.*", re.DOTALL)
"""Values of buttons, numbers, ids: what nobody would miss."""

Fields = Sequence[tuple[str, str]]


def fill_in(page: str, action: str, fields: Fields, mark: str) -> tuple[str, list[str]]:
    """The page, and the words that found no place on it. `mark` is put first into the form."""
    forms = forms_of(page)
    chosen = choose(forms, action, {name for name, _ in fields})
    if chosen is None:
        return page, _without_place(fields, set())
    filler = _Filler(chosen, fields, mark)
    filler.feed(page)
    filler.close()
    return "".join(filler.done), _without_place(fields, forms[chosen].names)


def _without_place(fields: Fields, names: set[str]) -> list[str]:
    left = [value for name, value in fields if name not in names and not OURS.fullmatch(value)]
    return list(dict.fromkeys(left))


class _Filler(HTMLParser):
    """Copies the page, with what was typed in the `chosen`th of the forms that change something."""

    def __init__(self, chosen: int, fields: Fields, mark: str) -> None:
        super().__init__(convert_charrefs=False)
        self.done: list[str] = []
        self._chosen, self._mark, self._seen = chosen, mark, -1
        self._typed: dict[str, list[str]] = {}
        for name, value in fields:
            self._typed.setdefault(name, []).append(value)
        self._inside = self._skipping = False
        self._select: str | None = None
        self._option: Mapping[str, str | None] | None = None
        """An option whose value is its text, which comes next, into `_words`."""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._settle()
        given, text = dict(attrs), self.get_starttag_text() or ""
        if tag == "form":
            self._enter(given)
            self.done.append(text + (self._mark if self._inside else ""))
        elif self._inside and tag in ("input", "textarea", "select", "option"):
            self._fill(tag, given, text)
        else:
            self.done.append(text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._settle()
        if tag == "textarea":
            self._skipping = False
        elif tag in ("select", "form"):
            self._select = None
            self._inside = self._inside and tag != "form"
        self._copy(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copy(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._copy(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._copy(f"<!{decl}>")

    def _copy(self, text: str) -> None:
        if self._option is not None:
            self._words.append(text)
        elif not self._skipping:
            self.done.append(text)

    def _enter(self, given: Mapping[str, str | None]) -> None:
        self._seen += given.get("method") == "post"
        self._inside = given.get("method") == "post" and self._seen == self._chosen

    def _fill(self, tag: str, given: Mapping[str, str | None], text: str) -> None:
        name, kind = given.get("name") or "", given.get("type") or "text"
        if tag == "select":
            self._select = name
        if tag == "option" and "value" not in given:
            self._option = given
        elif tag == "option":
            self.done.append(self._chosen_or_not(given, "selected", self._select or "", given["value"] or ""))
        elif tag == "input" and kind in TICKED:
            self.done.append(self._chosen_or_not(given, "checked", name, given.get("value") or "on", tag))
        elif tag == "input" and kind not in FIXED and name in self._typed:
            self.done.append(_tag(tag, {**given, "value": self._next(name)}))
        else:
            self.done.append(text)
            if tag == "textarea" and name in self._typed:
                # The first line break after the tag is none of the text.
                self.done.append("\n" + escape(self._next(name), quote=False))
                self._skipping = True

    def _settle(self) -> None:
        """The text of an option is complete."""
        if self._option is not None:
            words, given = "".join(self._words), self._option
            self._option, self._words = None, []
            value = unescape(words).strip()
            self.done += (self._chosen_or_not(given, "selected", self._select or "", value), words)

    def _chosen_or_not(
        self, given: Mapping[str, str | None], how: str, name: str, value: str, tag: str = "option"
    ) -> str:
        rest = {key: one for key, one in given.items() if key != how}
        return _tag(tag, rest | ({how: None} if value in self._typed.get(name, ()) else {}))

    def _next(self, name: str) -> str:
        """Of fields of one name, each takes its own value."""
        values = self._typed[name]
        return values.pop(0) if len(values) > 1 else values[0]


def _tag(name: str, given: Mapping[str, str | None]) -> str:
    written = (f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in given.items())
    return f"<{name}{''.join(written)}>"
