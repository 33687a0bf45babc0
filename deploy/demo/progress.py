"""Shows how a campaign is getting on: one bar a status on a terminal, a line now and then elsewhere."""

from time import monotonic

from rich.console import Console
from rich.live import Live
from rich.table import Table

from contracts.enums import NominationStatus

WIDTH = 40
EVERY = 5.0
TITLES = {
    NominationStatus.AWAITING_RECOMMENDATION: "待省级审核",
    NominationStatus.RETURNED: "退回补正",
    NominationStatus.UNDER_REVIEW: "专家评审中",
    NominationStatus.AWAITING_NOTICE: "待公示",
    NominationStatus.ON_NOTICE: "公示中",
    NominationStatus.UNDER_OBJECTION: "异议核查中",
    NominationStatus.AWAITING_DECISION: "待决定",
    NominationStatus.ADMITTED: "已入选",
    NominationStatus.PUBLISHED: "已公布",
    NominationStatus.NOT_LISTED: "未通过",
    NominationStatus.WITHDRAWN: "已撤回",
}


class StageProgress:
    """Use it as a context manager; `show` is what a play reports to."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, refresh_per_second=4, transient=True)
        self._said = 0.0

    def __enter__(self) -> "StageProgress":
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._live.stop()

    def show(self, waiting_for: str, standing: dict[str, int]) -> None:
        if self._console.is_terminal:
            self._live.update(_bars(waiting_for, standing))
        elif monotonic() - self._said > EVERY:
            self._said = monotonic()
            counts = ", ".join(f"{status} {count}" for status, count in standing.items())
            self._console.print(f"until {waiting_for}: {counts}")


def _bars(waiting_for: str, standing: dict[str, int]) -> Table:
    table = Table(title=f"until {waiting_for}", title_justify="left", box=None, show_header=False)
    total = sum(standing.values()) or 1
    for status, title in TITLES.items():
        count = standing.get(status, 0)
        table.add_row(title, str(status), str(count), "█" * round(WIDTH * count / total))
    return table
