"""A lost disk, and the way back, by the commands of docs/operator.md."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.demo.caller import Refused, Services
from tests.compose.campaigns import before_experts, nominations, reviewed
from tests.compose.engine import Compose
from tests.compose.state import rows_that_verify
from tests.system.cases import Campaign

PASSPHRASE = ("--passphrase-file", "/backups/passphrase")


async def test_a_backup_comes_back_in_an_empty_installation(compose: Compose, parties: Services, backups: Path) -> None:
    """All volumes are lost, and what was done after the backup; the cases under way go on from where it found them.

    What `parties` sign with is of the keys that come back.
    """
    campaign = await Campaign.open(parties, "restored")
    waiting, undone, scored = [await campaign.nominate() for _ in range(3)]
    await before_experts(campaign, scored)
    tasks = [await campaign.task_of(case) for case in (waiting, undone)]
    before = (await parties.public().get("registry", "/v1/lists"))["items"]

    taken = await _back_up(compose, backups)
    assert taken["temporal_at"] is not None
    await before_experts(campaign, undone)
    lost = await campaign.nominate()
    await _lose_all_volumes(compose)
    assert (await _restore(compose, taken["file"]))["temporal"]

    assert (await parties.public().get("registry", "/v1/lists"))["items"] == before
    assert [await campaign.task_of(case) for case in (waiting, undone)] == tasks
    with pytest.raises(Refused, match="404"):
        await campaign.status_of(lost)
    await reviewed(campaign, scored)
    await before_experts(campaign, waiting, undone, await campaign.nominate())
    assert await nominations(campaign) == 4
    assert await rows_that_verify(compose) >= taken["journal"]["seq"]


async def _back_up(compose: Compose, backups: Path) -> dict[str, Any]:
    """Returns what the command tells of the archive."""
    (backups / "passphrase").write_text("never the same as the archive's place")
    taken: dict[str, Any] = json.loads(await compose.tool("backup", "/backups", *PASSPHRASE, "--json"))
    return taken


async def _lose_all_volumes(compose: Compose) -> None:
    await compose.down("--volumes")


async def _restore(compose: Compose, archive: str) -> dict[str, Any]:
    """Returns what the command tells; then all is up again."""
    command = ("run", "--rm", "-T", "--no-deps", "prepare", "restore", archive, *PASSPHRASE)
    await compose.run(*command, "--only", "keys")
    await compose.up("postgres", "rabbitmq")
    restored: dict[str, Any] = json.loads(await compose.run(*command, "--json"))
    await compose.up()
    return restored
