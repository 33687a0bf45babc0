"""Each process is given what it needs, and not what it doesn't."""

import json
import os
from base64 import b64encode
from pathlib import Path

import pytest

from chassis.auth.tokens import generate_key, service_token
from chassis.auth.verify import Verifier
from chassis.settings import Settings
from deploy.stack import environment
from deploy.stack.keys import Keys
from deploy.stack.postgres import DatabaseUrls
from deploy.stack.processes import PROCESSES, SERVICES
from deploy.stack.settings import StackSettings

DATABASES = {service: DatabaseUrls(f"app-of-{service}", f"owner-of-{service}") for service in SERVICES}
OURS = {"LIAISON_JOURNAL": "registry", "LIAISON_PAYLOAD": "workflows"}
NEW = b64encode(bytes(32)).decode()
SET = {
    "LIAISON_JOURNAL_KEYS": json.dumps({"second": NEW}),
    "LIAISON_JOURNAL_KEY_ID": "second",
    "LIAISON_PAYLOAD_KEYS": json.dumps({"second": NEW}),
    "LIAISON_PAYLOAD_KEY_ID": "second",
    "LIAISON_PERSONAL_KEY": NEW,
    "LIAISON_SIGNING_KEY_FILE": "/keys/signing.json",
    "LIAISON_SMTP_PASSWORD": "hidden",
    "LIAISON_BACKUP_S3__SECRET_KEY": "hidden",
    "LIAISON_OIDC_CLIENT_SECRET": "hidden",
    "LIAISON_RETIRED_KEY_FILES": '["/keys/retired.json"]',
}
COMMON = {"LIAISON_BROKER_URL": "amqp://broker/"}


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys", StackSettings())


def given(name: str, keys: Keys) -> dict[str, str]:
    spec = next(spec for spec in PROCESSES if spec.name == name)
    found = environment.of_process(spec, COMMON, DATABASES, keys)
    return {key: value for key, value in found.items() if key.startswith("LIAISON_")}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_only_its_own_database(service: str, keys: Keys) -> None:
    text = json.dumps(given(service, keys))
    assert f"app-of-{service}" in text
    assert "owner-of-" not in text
    assert not any(f"app-of-{other}" in text for other in SERVICES if other != service)


def test_the_workflows_know_no_database(keys: Keys) -> None:
    assert not any("DATABASES" in key for key in given("workflows", keys))


@pytest.mark.parametrize(
    ("setting", "processes"),
    [
        ("LIAISON_JOURNAL_KEYS", {"registry"}),
        ("LIAISON_PERSONAL_KEY", {"review"}),
        ("LIAISON_PAYLOAD_KEYS", {"filing", "review", "registry", "workflows"}),
        ("LIAISON_SIGNING_KEY_FILE", {"notify", "console"}),
        ("LIAISON_CONSOLE_KEY", {"console"}),
        ("LIAISON_OIDC_CLIENT_SECRET", {"console"}),
        ("LIAISON_RETIRED_KEY_FILES", {"console"}),
        ("LIAISON_SMTP_PASSWORD", {"notify"}),
        ("LIAISON_BACKUP_S3__SECRET_KEY", set()),
        ("LIAISON_BROKER_URL", {spec.name for spec in PROCESSES}),
    ],
)
def test_a_secret_goes_to_those_who_need_it(
    setting: str, processes: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that was set for the launcher."""
    for name, value in SET.items():
        monkeypatch.setenv(name, value)
    keys = Keys(tmp_path / "keys", StackSettings())
    assert {spec.name for spec in PROCESSES if setting in given(spec.name, keys)} == processes


@pytest.mark.parametrize("setting", OURS)
@pytest.mark.parametrize("spelling", ["{}_KEYS", "{}_KEYS__SECOND"])
def test_a_new_key_takes_over_and_the_one_made_first_still_reads(
    setting: str, spelling: str, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = json.loads(given(OURS[setting], keys)[f"{setting}_KEYS"])
    monkeypatch.setenv(spelling.format(setting), NEW if "SECOND" in spelling else json.dumps({"second": NEW}))
    added = given(OURS[setting], Keys(tmp_path / "keys", StackSettings()))
    assert json.loads(added[f"{setting}_KEYS"]) == made | {"second": NEW}
    assert added[f"{setting}_KEY_ID"] == "first"
    assert f"{setting}_KEYS__SECOND" not in added
    monkeypatch.setenv(f"{setting}_KEY_ID", "second")
    assert given(OURS[setting], Keys(tmp_path / "keys", StackSettings()))[f"{setting}_KEY_ID"] == "second"


def test_a_personal_key_that_is_set_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_PERSONAL_KEY", NEW)
    assert given("review", Keys(tmp_path / "keys", StackSettings()))["LIAISON_PERSONAL_KEY"] == NEW


async def test_a_signing_key_that_is_set_signs_and_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "signing.json"
    file.write_text(json.dumps(generate_key()))
    monkeypatch.setenv("LIAISON_SIGNING_KEY_FILE", str(file))
    keys = Keys(tmp_path / "keys", StackSettings())
    for name, value in (keys.for_signing() | keys.for_trust({})).items():
        monkeypatch.setenv(name, value)
    assert Settings().signing_key_file == file
    verifier = Verifier(Settings())
    try:
        assert (await verifier.verify(service_token(Settings(), "notify"))).subject == "notify"
    finally:
        await verifier.close()


def test_what_only_the_launcher_may_know_is_not_passed_on(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_POSTGRES_URL", "postgresql://super@db/postgres")
    monkeypatch.setenv("LIAISON_OWNERS__REVIEW", "postgresql://owner@db/review")
    monkeypatch.setenv("LIAISON_DATABASES__REGISTRY", "postgresql://app@db/registry")
    monkeypatch.setenv("LIAISON_SMTP_HOST", "mail.test")
    passed = given("review", keys)
    assert passed["LIAISON_SMTP_HOST"] == "mail.test"
    assert {key for key in passed if key.startswith(("LIAISON_POSTGRES", "LIAISON_OWNERS", "LIAISON_DATABASES"))} == {
        "LIAISON_DATABASES__REVIEW"
    }


def test_trust_in_other_issuers_is_kept(keys: Keys, tmp_path: Path) -> None:
    settings = StackSettings(state=tmp_path, auth_issuers={"https://id.test": "https://id.test/jwks"})
    told = json.loads(
        environment.shared(settings, {}, {"console": "http://console.test"}, keys)["LIAISON_AUTH_ISSUERS"]
    )
    assert told == {
        "https://id.test": "https://id.test/jwks",
        "liaison-console": "http://console.test/.well-known/jwks.json",
        "liaison-local": (tmp_path / "keys" / "jwks.json").as_uri(),
    }


def test_tools_take_the_settings_of_the_stack_and_keep_what_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", {"LIAISON_LOG_LEVEL": "debug"})
    assert not environment.use_kept(tmp_path)
    environment.keep(tmp_path, {"LIAISON_LOG_LEVEL": "info", "LIAISON_BROKER_URL": "amqp://broker/"})
    assert environment.use_kept(tmp_path)
    assert os.environ == {"LIAISON_LOG_LEVEL": "debug", "LIAISON_BROKER_URL": "amqp://broker/"}
    assert (tmp_path / "environment.json").stat().st_mode & 0o077 == 0


def test_tools_keep_the_keys_of_the_stack_besides_those_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`journal verify` after a rotation reads rows of both keys."""
    monkeypatch.setattr("os.environ", {"LIAISON_JOURNAL_KEYS": '{"second": "b"}', "LIAISON_JOURNAL_KEY_ID": "second"})
    environment.keep(tmp_path, {"LIAISON_JOURNAL_KEYS": '{"first": "a"}', "LIAISON_JOURNAL_KEY_ID": "first"})
    assert environment.use_kept(tmp_path)
    assert json.loads(os.environ["LIAISON_JOURNAL_KEYS"]) == {"first": "a", "second": "b"}
    assert os.environ["LIAISON_JOURNAL_KEY_ID"] == "second"
