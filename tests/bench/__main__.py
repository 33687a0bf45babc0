"""`python -m tests.bench`: what a case costs on the platform, against bare Temporal on the same machine, and how fast
pages answer with many cases in the databases."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
import uvloop

from deploy.console import Json, people, say, write_json
from tests.bench import report
from tests.bench.compare import Findings, Plan, comparison
from tests.bench.pages import report as page_report
from tests.bench.pages.run import measure_pages

Cases = Annotated[int, typer.Option(help="Cases in each round.", min=1)]
Rounds = Annotated[int, typer.Option(help="Rounds of each kind, in turn.", min=1)]
More = Annotated[int, typer.Option(help="How many times the cases in the last rounds; 1 leaves them out.", min=1)]
Verdicts = Annotated[int, typer.Option(help="Verdicts that are timed one by one.", min=1)]
Looks = Annotated[int, typer.Option(help="Looks at each page.", min=1)]
Kept = Annotated[int, typer.Option(help="Cases in the databases when pages are looked at.", min=1)]
NoPages = Annotated[bool, typer.Option("--no-pages", help="Leave the pages out.")]
PagesOnly = Annotated[bool, typer.Option("--pages-only", help="Leave the comparison out.")]
T = TypeVar("T")


def bench(
    cases: Cases = 150,
    rounds: Rounds = 5,
    more: More = 10,
    verdicts: Verdicts = 40,
    looks: Looks = 40,
    kept: Kept = 20_000,
    *,
    no_pages: NoPages = False,
    pages_only: PagesOnly = False,
    as_json: Json = False,
) -> None:
    """Measure bare Temporal and the whole platform in turn, then the console's pages."""
    data: dict[str, Any] = {"machine": report.machine()}
    if not pages_only:
        compared = _on_its_own(lambda state: _compare(state, Plan(cases, rounds, more, verdicts)))
        report.show(people, compared)
        data |= report.as_data(compared)
    if not no_pages:
        pages = _on_its_own(lambda state: measure_pages(state, kept, looks, say))
        page_report.show(people, pages)
        data["pages"] = page_report.as_data(pages)
    if as_json:
        write_json(data)
    sys.stdout.flush()
    os._exit(0)  # with the SDK's threads about, the interpreter's own end aborts at times, after all work was done


def _on_its_own(measure: Callable[[Path], Awaitable[T]]) -> T:
    """In a folder of its own, which goes."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-", ignore_cleanup_errors=True) as state:
        return uvloop.run(_until_ended(measure(Path(state))))


async def _until_ended(measuring: Awaitable[T]) -> T:
    stop = asyncio.current_task()
    if stop:  # being ended, it ends what it has started
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.cancel)
    return await measuring


async def _compare(state: Path, plan: Plan) -> Findings:
    async with comparison(state) as compared:
        return await compared.run(plan, say)


if __name__ == "__main__":
    typer.run(bench)
