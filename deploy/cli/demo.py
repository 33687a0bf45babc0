"""`liaison demo`: one campaign, from the provinces' files to the published list."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.console import Json, fail, people, say, write_json
from deploy.told import until_told

if TYPE_CHECKING:
    from deploy.stack import Stack

Sample = Annotated[Path, typer.Option(help="The provinces' nominations, in one CSV.", exists=True, dir_okay=False)]
Most = Annotated[int | None, typer.Option(help="Take only so many rows.", min=1)]
Out = Annotated[Path, typer.Option(help="Folder for the published list.")]
Notice = Annotated[float, typer.Option(help="Seconds for which the notice is public.", min=1)]


class Failed(Exception):  # noqa: N818 - what happened to the command
    """A command of the demo did not end well."""


def demo(
    sample: Sample = Path("data/samples/nominations_2022.csv"),
    out: Out = Path("out"),
    most: Most = None,
    notice: Notice = 8,
    *,
    as_json: Json = False,
) -> None:
    """Start everything, play all parties of a campaign, publish its list, verify the journal, stop everything."""
    from deploy.servers import DidNotStart
    from deploy.stack import Stack, StackSettings
    from deploy.stack.lock import AlreadyRunning

    stack = Stack(StackSettings(), say=say)
    try:
        result = asyncio.run(until_told(_demo(stack, sample, out, most, notice)))
    except (AlreadyRunning, DidNotStart, Failed) as error:
        fail(str(error))
    if result is None:
        fail("Stopped before its end.")
    if as_json:
        write_json(result)


async def _demo(stack: "Stack", sample: Path, out: Path, most: int | None, notice: float) -> dict[str, Any]:
    from deploy.demo.run import play_campaign

    async with stack:
        result = await play_campaign(stack, sample, out, most, notice)
        result["journal"] = await _run(stack, "journal", "verify", "--json")
        people.print(f"Journal verified: {result['journal']['rows']} rows, {result['journal']['roots']} roots")
        proof, root = result["files"]["proof"], result["journal_root"]
        result["list_check"] = await _run(stack, "check-list", proof, "--root", root, "--json")
        people.print("List checked: it is the one that was decided")
        return result


async def _run(stack: "Stack", *arguments: str) -> dict[str, Any]:
    """A command as an operator would give it, with the settings of this stack; `Failed` unless its exit code is 0."""
    command = [sys.executable, "-m", "deploy.cli", *arguments]
    environment = {**os.environ, **stack.environment}
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    if process.returncode:
        raise Failed(f"liaison {' '.join(arguments)} ended with {process.returncode}: {output.decode()}")
    answer: dict[str, Any] = json.loads(output)
    return answer
