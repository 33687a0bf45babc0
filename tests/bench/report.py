"""The findings as tables for people, or as data."""

import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.compare import BARE, FULL, Findings
from tests.bench.meter import Round
from tests.bench.percentile import percentile

WANTED = {"ratio": 0.5, "events": 45.0, "p95_ms": 250.0}


def as_data(findings: Findings) -> dict[str, Any]:
    return {
        "machine": machine(),
        "cases_a_second": {what: findings.rate(what) for what in (BARE, FULL)},
        "ratio": findings.rate(FULL) / findings.rate(BARE),
        "ratios": findings.ratios,
        "verdict_to_task_ms": {"p50": percentile(findings.latencies, 50), "p95": percentile(findings.latencies, 95)},
        "events_a_case": findings.events,
        "rounds": [asdict(found) for found in findings.rounds],
        "large": [asdict(found) for found in findings.large],
        "wanted": WANTED,
    }


def show(console: Console, findings: Findings) -> None:
    data = as_data(findings)
    console.print(data["machine"], style="dim", markup=False)
    console.print(_throughput(findings))
    console.print(_processes("CPU milliseconds a case", "cpu", findings))
    console.print(_processes("Memory after the round, MB", "memory", findings))
    ratios = ", ".join(f"{ratio:.2f}" for ratio in data["ratios"])
    console.print(
        f"Ratio full : bare   {data['ratio']:.2f}   (of each pair: {ratios}; wanted: at least {WANTED['ratio']})"
    )
    latency = data["verdict_to_task_ms"]
    console.print(
        f"Verdict to the experts' tasks at idle   p50 {latency['p50']:.0f} ms, p95 {latency['p95']:.0f} ms"
        f"   ({len(findings.latencies)} verdicts; wanted: p95 at most {WANTED['p95_ms']:.0f} ms)"
    )
    events = ", ".join(f"{what} {count:.1f}" for what, count in findings.events.items())
    console.print(f"Temporal history events a case   {events}   (wanted: at most {WANTED['events']:.0f})")


def machine() -> str:
    """Processor, memory, system, interpreter: what the figures hold for."""
    described = Path("/proc/cpuinfo").read_text()
    models = [line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("model name")]
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024 / 1024
    python = f"Python {platform.python_version()} of {sys.base_prefix}"
    return f"{len(models)} x {models[0]}, {memory:.0f} GB, {platform.system()} {platform.release()}, {python}"


def _throughput(findings: Findings) -> Table:
    table = Table("", "cases", "seconds", "cases/s", title="Throughput")
    for found in (*findings.rounds, *findings.large):
        table.add_row(found.what, str(found.cases), f"{found.seconds:.1f}", f"{found.rate:.1f}")
    return table


def _processes(title: str, what: str, findings: Findings) -> Table:
    """The last round of each kind, and the large ones."""
    shown = [*findings.rounds[-2:], *findings.large]
    table = Table("", *(f"{found.what} {found.cases}" for found in shown), title=title)
    for name in getattr(shown[0], what):
        table.add_row(name, *(f"{getattr(found, what)[name]:.1f}" for found in shown))
    table.add_row("together", *(f"{_sum(found, what):.1f}" for found in shown), end_section=True)
    return table


def _sum(found: Round, what: str) -> float:
    figures: dict[str, float] = getattr(found, what)
    return sum(figures.values())
