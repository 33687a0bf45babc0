"""`liaison doctor`: what is missing, and how to mend it."""

import asyncio
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from deploy.console import Json, people, write_json

if TYPE_CHECKING:
    from deploy.doctor import Finding

MARKS = {
    "good": "[green]✓[/]",
    "resting": "[dim]–[/]",
    "unknown": "[dim]?[/]",
    "missing": "[red]✗[/]",
    "wrong": "[red]✗[/]",
}


def doctor(*, as_json: Json = False) -> None:
    """Look at this machine and at what runs. Exit code 1 when something is missing or wrong."""
    from chassis.settings import Settings
    from deploy.doctor import find_deployment, look_at_machine, look_at_running
    from deploy.stack.environment import use_kept
    from deploy.stack.settings import StackSettings

    stack = StackSettings()
    use_kept(stack.state)
    logging.getLogger("aiormq").setLevel(logging.CRITICAL)  # it is told below, once

    deployment = find_deployment(stack, Settings())
    machine = look_at_machine(stack, prepared=deployment.prepared)
    findings = [*machine, *asyncio.run(look_at_running(deployment))]
    if as_json:
        write_json([asdict(finding) for finding in findings])
    else:
        _tell(findings)
    if any(finding.is_bad for finding in findings):
        raise typer.Exit(1)


def _tell(findings: "list[Finding]") -> None:
    for finding in findings:
        people.print(MARKS[finding.state], escape(f"{finding.subject}: {finding.what}"), soft_wrap=True)
        if finding.mend:
            people.print(f"    {finding.mend}", style="yellow", markup=False, soft_wrap=True)
