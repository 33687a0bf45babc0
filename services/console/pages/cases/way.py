"""Where the reader of a case came from, and goes back to."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from services.console.casework.chosen import Chosen
from services.console.web.addresses import local
from services.console.web.navigation import ENTRIES


@dataclass(frozen=True)
class Way:
    """`chosen` is the inbox's list that the case stands in; `origin` the address of any other page, or empty."""

    chosen: Chosen
    origin: str = ""

    @property
    def back(self) -> str:
        """Only ever an address of ours."""
        return local(self.origin) if self.origin else self.chosen.address

    def place(self, language: str) -> str:
        """What the part of the console is called that one goes back to."""
        found = next((entry for entry in ENTRIES if self.back.startswith(entry.path)), None)
        return found.title.in_language(language) if found else self.back

    def kept(self, **others: object) -> str:
        """For the address of another page of this case: `?list=…&revision=2`; empty when there is nothing to keep."""
        asked = {"list": self.chosen.text, "from": local(self.origin) if self.origin else "", **others}
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"?{said}" if said else ""


def _came(listed: Annotated[str, Query(alias="list")] = "", origin: Annotated[str, Query(alias="from")] = "") -> Way:
    return Way(Chosen.of_text(listed), origin)


Came = Annotated[Way, Depends(_came)]
"""The reader came from `list`, one of the inbox's, or from another page of ours."""
