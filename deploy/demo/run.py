"""Plays a campaign on a running stack and shows what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from deploy.console import people
from deploy.demo import report
from deploy.demo.caller import Services
from deploy.demo.play import Play
from deploy.demo.progress import StageProgress
from deploy.demo.sample import SAMPLE, files_by_authority
from deploy.demo.standing import set_up

if TYPE_CHECKING:
    from deploy.stack import Stack

OUT = Path("out")
NOTICE = 8.0


async def play_campaign(
    stack: "Stack", sample: Path = SAMPLE, out: Path = OUT, most: int | None = None, notice: float = NOTICE
) -> dict[str, Any]:
    """`most`: rows of the sample to take; `notice`: seconds for which the notice is public. Returns the numbers."""
    services = Services(stack.urls, stack.signer)
    try:
        with StageProgress(people) as progress:
            play = Play(services, files_by_authority(sample, most), progress.show, notice_seconds=notice)
            await play.run()
        result = await report.result(play, await report.save_list(play, out))
        report.show(people, result)
        return result
    finally:
        await services.close()


async def set_up_standing(stack: "Stack") -> None:
    """Campaigns under way, beside the one that was played."""
    services = Services(stack.urls, stack.signer)
    try:
        with StageProgress(people) as progress:
            await set_up(services, files_by_authority(), progress.show)
    finally:
        await services.close()


async def was_played(stack: "Stack") -> bool:
    services = Services(stack.urls, stack.signer)
    try:
        return await has_list(services)
    finally:
        await services.close()


async def a_listed_enterprise(stack: "Stack") -> str | None:
    """The credit code of one; None before anything was published."""
    services = Services(stack.urls, stack.signer)
    try:
        lists = (await services.public().get("registry", "/v1/lists", limit=1))["items"]
        entries = (await services.public().get("registry", f"/v1/lists/{lists[0]['id']}", limit=1)) if lists else {}
        return next((entry["credit_code"] for entry in entries.get("items", ())), None)
    finally:
        await services.close()


async def has_list(services: Services) -> bool:
    """A campaign that was interrupted on its way has published none."""
    lists = await services.public().get("registry", "/v1/lists", limit=1)
    return bool(lists["items"])
