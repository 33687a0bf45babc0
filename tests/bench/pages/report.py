"""The pages as a table for people, or as data."""

from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.pages.measure import Seen
from tests.bench.pages.run import PageFindings
from tests.bench.percentile import percentile

WANTED_MS = 100.0
"""Server time at p95."""

SPARED = 2
"""Statements or calls that a page may have spared itself when a list was empty. One a row would be tens."""


def as_data(findings: PageFindings) -> dict[str, Any]:
    pairs = zip(findings.few, findings.many, strict=True)
    return {"cases": findings.cases, "wanted_p95_ms": WANTED_MS, "pages": [_page(few, many) for few, many in pairs]}


def show(console: Console, findings: PageFindings) -> None:
    table = Table("who", "page", "", "p50 ms", "p95 ms", "kB", "calls", "SQL", title=f"Pages, {findings.cases:,} cases")
    for page in as_data(findings)["pages"]:
        marks = [name for name in ("failed", "slow", "grows") if page[name]]
        table.add_row(
            page["who"],
            page["path"],
            ", ".join(marks),
            f"{page['p50_ms']:.0f}",
            f"{page['p95_ms']:.0f}",
            f"{page['bytes'] / 1000:.0f}",
            _both(page["calls"]),
            _both(page["statements"]),
            style="red" if marks else None,
        )
    console.print(table)
    console.print(
        f"Server time wanted: p95 at most {WANTED_MS:.0f} ms."
        " Calls of services and SQL statements: with few rows in the lists, with many."
    )


def grows(few: Seen, many: Seen) -> bool:
    """Whether a page asks more when its lists are longer."""
    return many.calls > few.calls + SPARED or many.statements > few.statements + SPARED


def _page(few: Seen, many: Seen) -> dict[str, Any]:
    slowest = percentile(many.milliseconds, 95)
    return {
        "who": many.page.who.value,
        "path": many.page.path,
        "status": many.status,
        "p50_ms": percentile(many.milliseconds, 50),
        "p95_ms": slowest,
        "bytes": many.size,
        "calls": [few.calls, many.calls],
        "statements": [few.statements, many.statements],
        "failed": many.status >= 400,
        "slow": slowest > WANTED_MS,
        "grows": grows(few, many),
    }


def _both(counts: list[int]) -> str:
    few, many = counts
    return str(many) if few == many else f"{few}, {many}"
