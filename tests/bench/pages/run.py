"""The whole measurement: a platform of its own, few cases first, then many."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deploy.stack import Stack, StackSettings
from tests.bench.meter import Meter
from tests.bench.pages.grow import grow
from tests.bench.pages.measure import Seen, look_at_pages
from tests.bench.pages.played import play_campaigns

WHEN_FEW = 10
"""Looks at each page before there are many cases: only what it asks for is compared."""

Say = Callable[[str], None]


@dataclass
class PageFindings:
    """The same pages in the same order, with `few` and `many` rows in their lists."""

    cases: int
    few: list[Seen]
    many: list[Seen]


async def measure_pages(state: Path, cases: int, times: int, say: Say) -> PageFindings:
    """`times` looks at each page with at least `cases` cases in the databases."""
    async with Stack(StackSettings(state=state, find_servers=False)) as stack:
        say("Pages: campaigns are played")
        await play_campaigns(stack)
        few = await look_at_pages(stack, WHEN_FEW)
        say(f"Pages: {cases:,} cases are made of them")
        there = await grow(stack, cases)
        await Meter(stack).idle()
        say("Pages: each is looked at")
        return PageFindings(there, few, await look_at_pages(stack, times))
