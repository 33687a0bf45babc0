"""Every page that can be opened by its address, with who looks at it: what the walks and the screenshots go through."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from deploy.stack import Stack
from tests.bench.pages.catalogue import PAGES, Page, Who
from tests.bench.pages.places import find_places
from tests.bench.pages.visitors import sign_in

MORE = (
    Page(Who.PUBLIC, "/nowhere"),
    Page(Who.EXPERT, "/campaigns"),
)
FILES = ("/robots.txt",)
ENTERPRISES = (Who.LISTED, Who.RETURNED, Who.NEWCOMER)


@dataclass(frozen=True)
class Address:
    who: Who
    path: str = field(compare=False)
    area: str
    name: str
    """`area` and `name` stay the same from run to run, whatever ids the path has."""


@dataclass(frozen=True)
class Atlas:
    places: Mapping[str, str]
    sessions: Mapping[Who, str]
    """Of the console's cookie; the public has none."""

    @cached_property
    def addresses(self) -> list[Address]:
        return list(_addresses(self.places))

    def of(self, who: Who) -> list[Address]:
        return [address for address in self.addresses if address.who is who]


async def draw_atlas(stack: Stack) -> Atlas:
    places = await find_places(stack)
    headers = await sign_in(stack, places)
    return Atlas(places, {who: one["Cookie"].partition("=")[2] for who, one in headers.items() if one})


def _addresses(places: Mapping[str, str]) -> Iterable[Address]:
    """A page once for each who sees it in the same way; what is not there on this platform is an error."""
    seen = set()
    for page in (*PAGES, *MORE):
        if page.path in FILES or ("?q=" in page.path):
            continue
        area = "enterprise" if page.who in ENTERPRISES else page.who.value
        address = Address(page.who, page.path.format_map(places), area, _name(page.path))
        if (address.area, address.name) not in seen:
            seen.add((address.area, address.name))
            yield address


def _name(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"\?campaign=.*", "", path).lower()).strip("-") or "home"
