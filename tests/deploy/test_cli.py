"""The command `liaison`: which commands there are, and those that need no running platform."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chassis.auth.verify import Verifier
from chassis.settings import Settings
from deploy.cli import liaison
from deploy.stack.keys import Keys
from deploy.stack.settings import StackSettings

runner = CliRunner()


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIAISON_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.mark.parametrize(
    "command",
    [
        "up",
        "demo",
        "serve",
        "worker",
        "migrate",
        "import",
        "token",
        "dead-letters",
        "journal",
        "check-list",
        "doctor",
        "builds",
    ],
)
def test_every_command_explains_itself(command: str, state: Path) -> None:
    answer = runner.invoke(liaison, [command, "--help"])
    assert answer.exit_code == 0
    assert command in answer.output


def test_an_unknown_command_is_refused(state: Path) -> None:
    assert runner.invoke(liaison, ["tidy"]).exit_code == 2


async def test_a_token_is_trusted_by_services_of_this_installation(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(state / "keys", StackSettings())
    for name, value in keys.for_signing().items():
        monkeypatch.setenv(name, value)
    arguments = ["token", "--role", "authority", "--subject", "li", "--authority", "410000", "--hours", "1"]
    answer = runner.invoke(liaison, arguments)
    verifier = Verifier(Settings(auth_issuers=json.loads(keys.for_trust({})["LIAISON_AUTH_ISSUERS"])))
    try:
        caller = await verifier.verify(answer.stdout.strip())
    finally:
        await verifier.close()
    assert (caller.actor, caller.authority) == ("authority:li", "410000")


def test_a_token_without_what_its_role_needs_is_refused(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in Keys(state / "keys", StackSettings()).for_signing().items():
        monkeypatch.setenv(name, value)
    answer = runner.invoke(liaison, ["token", "--role", "authority"])
    assert answer.exit_code == 1
    assert "needs the code of the authority" in answer.output


def test_without_a_key_no_token(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISON_SIGNING_KEY_FILE", raising=False)
    answer = runner.invoke(liaison, ["token", "--role", "officer"])
    assert answer.exit_code == 1
    assert "liaison up" in answer.output


def test_migrate_says_which_setting_is_missing(state: Path) -> None:
    answer = runner.invoke(liaison, ["migrate", "review"])
    assert answer.exit_code == 1
    assert "LIAISON_OWNERS__REVIEW" in answer.output


def test_the_doctor_finds_a_healthy_machine(state: Path) -> None:
    answer = runner.invoke(liaison, ["doctor", "--json"])
    found = {finding["subject"]: finding for finding in json.loads(answer.stdout)}
    assert answer.exit_code == 0, found
    assert {"Python", "PostgreSQL", "Temporal", "RabbitMQ", "state folder"} <= set(found)
    assert found["launcher"]["state"] == "resting"


def test_the_doctor_names_what_is_missing_and_its_mend(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.doctor.machine.rabbitmq_script", lambda: None)
    monkeypatch.setattr("deploy.doctor.machine.bundled", lambda _program: None)
    monkeypatch.setenv("LIAISON_DATABASES__REVIEW", "postgresql+asyncpg://nobody@127.0.0.1:1/review")
    answer = runner.invoke(liaison, ["doctor", "--json"])
    assert answer.exit_code == 1
    missing = {one["subject"]: one["mend"] for one in json.loads(answer.stdout) if one["state"] == "missing"}
    assert set(missing) == {"RabbitMQ", "Temporal", "database of review"}
    assert all(missing.values())
