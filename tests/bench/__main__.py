"""`python -m tests.bench`: what a case costs on the platform, against bare Temporal on the same machine."""

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from deploy.console import Json, people, write_json
from tests.bench import report
from tests.bench.compare import Findings, Plan, comparison

Cases = Annotated[int, typer.Option(help="Cases in each round.", min=1)]
Rounds = Annotated[int, typer.Option(help="Rounds of each kind, in turn.", min=1)]
More = Annotated[int, typer.Option(help="How many times the cases in the last rounds; 1 leaves them out.", min=1)]
Verdicts = Annotated[int, typer.Option(help="Verdicts that are timed one by one.", min=1)]


def bench(
    cases: Cases = 150, rounds: Rounds = 3, more: More = 10, verdicts: Verdicts = 40, *, as_json: Json = False
) -> None:
    """Measure bare Temporal and the whole platform in turn."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-", ignore_cleanup_errors=True) as state:
        findings = uvloop.run(_run(Path(state), Plan(cases, rounds, more, verdicts)))
    if as_json:
        write_json(report.as_data(findings))
    else:
        report.show(people, findings)
    sys.stdout.flush()
    os._exit(0)  # with the SDK's threads about, the interpreter's own end aborts at times, after all work was done


async def _run(state: Path, plan: Plan) -> Findings:
    stop = asyncio.current_task()
    if stop:  # being ended, it ends what it has started
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.cancel)
    async with comparison(state) as compared:
        return await compared.run(plan, lambda line: people.print(line, style="dim", markup=False))


if __name__ == "__main__":
    typer.run(bench)
