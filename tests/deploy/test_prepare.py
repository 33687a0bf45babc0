"""What containers are given: `liaison secrets` before the servers, `liaison prepare` before the processes."""

import asyncio
import http.server
import json
import os
import stat
import threading
from pathlib import Path
from unittest import mock

import asyncpg
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from chassis.settings import Settings
from deploy import healthy
from deploy.cli import HANDED, liaison
from deploy.servers import DidNotStart, PostgresServer, TemporalServer
from deploy.stack.environment import use_kept
from deploy.stack.first_administrator import first_administrator
from deploy.stack.handed import PLACE
from deploy.stack.keys import Keys
from deploy.stack.postgres import DatabaseUrls, provide
from deploy.stack.prepare import prepare
from deploy.stack.processes import PROCESSES
from deploy.stack.settings import StackSettings

PLACES = [spec.name for spec in PROCESSES]
Prepared = tuple[Path, dict[str, DatabaseUrls], list[str]]


@pytest.fixture
async def prepared(
    postgres: PostgresServer, temporal: TemporalServer, vhost: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Prepared:
    """The folder of what was handed out, the databases, and what was told."""
    monkeypatch.setenv("LIAISON_SMTP_PASSWORD", "hidden")
    retired = tmp_path / "state" / "keys" / "console-signing-key-2025.json"
    retired.parent.mkdir(parents=True)
    retired.write_text("{}")
    monkeypatch.setenv("LIAISON_RETIRED_KEY_FILES", json.dumps([str(retired)]))
    settings = StackSettings(
        state=tmp_path / "state",
        postgres_url=SecretStr(postgres.admin_url),
        broker_url=SecretStr(vhost),
        temporal_address=temporal.address,
        temporal_namespace="prepared",
        http_host="0.0.0.0",
    )
    handed = tmp_path / "handed"
    told: list[str] = []
    for name in PLACES:
        (handed / name).mkdir(parents=True)
    first = await prepare(settings, handed, told.append)
    assert await prepare(settings, handed, told.append) == first
    return handed, first, told


def environment(handed: Path, name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((handed / name / "environment.json").read_text())
    return found


async def test_each_process_finds_its_settings_and_no_others(prepared: Prepared) -> None:
    handed, databases, told = prepared
    for name in PLACES:
        found = environment(handed, name)
        assert [key for key in found if "DATABASES" in key] == (
            [f"LIAISON_DATABASES__{name.upper()}"] if name in databases else []
        )
        assert ("LIAISON_SMTP_PASSWORD" in found) == (name == "notify")
        assert found["LIAISON_SERVICE_URLS__REVIEW"] == "http://review:8000"
        assert found["LIAISON_HTTP_HOST"] == "0.0.0.0"
        assert not any("owner" in value for value in found.values())
    assert "Temporal has the namespace prepared" in told


async def test_key_files_go_with_the_settings_that_name_them(prepared: Prepared) -> None:
    handed, _, _ = prepared
    files = {name: {file.name for file in (handed / name).iterdir()} - {"environment.json"} for name in PLACES}
    everybody = {"jwks.json"}
    assert files == {
        **dict.fromkeys(PLACES, everybody),
        "notify": everybody | {"signing-key.json"},
        "console": everybody | {"console-signing-key.json", "console-signing-key-2025.json"},
    }
    assert environment(handed, "console")["LIAISON_SIGNING_KEY_FILE"] == str(PLACE / "console-signing-key.json")
    assert f"file://{PLACE}/jwks.json" in environment(handed, "filing")["LIAISON_AUTH_ISSUERS"]


async def test_a_process_takes_what_it_was_handed(prepared: Prepared) -> None:
    handed, databases, _ = prepared
    with mock.patch.dict(os.environ, clear=True):
        assert use_kept(handed / "review")
        settings = Settings(_env_file=None)
    assert settings.database("review") == databases["review"].app
    assert settings.http_ports["review"] == settings.http_ports["review-worker"] == healthy.PORT


async def test_the_doctor_knows_that_others_start_the_processes(prepared: Prepared, tmp_path: Path) -> None:
    """As in a container with the state folder alone. No process runs here, and no server is to be started."""
    with mock.patch.dict(os.environ, {"LIAISON_STATE": str(tmp_path / "state")}):
        answer = await asyncio.to_thread(CliRunner().invoke, liaison, ["doctor", "--json"])
    assert answer.exit_code == 1
    found = {one["subject"]: one for one in json.loads(answer.stdout)}
    assert {one["subject"] for one in found.values() if one["state"] == "missing"} == {*PLACES, "schedule journal-seal"}
    assert all(found[f"database of {service}"]["state"] == "good" for service in prepared[1])
    assert "docker compose" in found["filing"]["mend"]
    assert not {"launcher", "PostgreSQL"} & set(found)


async def test_the_first_administrator_is_made_once(prepared: Prepared) -> None:
    _, databases, _ = prepared
    assert await first_administrator(databases["console"].app)
    assert await first_administrator(databases["console"].app) is None


async def test_it_starts_no_server(tmp_path: Path) -> None:
    with pytest.raises(DidNotStart, match="LIAISON_POSTGRES_URL, LIAISON_BROKER_URL, LIAISON_TEMPORAL_ADDRESS"):
        await prepare(StackSettings(_env_file=None, state=tmp_path), tmp_path, print)


def test_servers_are_handed_the_secrets_that_urls_are_filled_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_STATE", str(tmp_path / "state"))
    monkeypatch.delenv(HANDED, raising=False)
    for name in ("postgres", "rabbitmq"):
        (tmp_path / name).mkdir()
    assert CliRunner().invoke(liaison, ["secrets", str(tmp_path)]).exit_code == 0
    assert not (tmp_path / "temporal").exists()
    file = tmp_path / "postgres" / "password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    keys = Keys(tmp_path / "state" / "keys", StackSettings())
    assert keys.let_in("postgresql://postgres@db:5432/postgres") == (
        f"postgresql://postgres:{file.read_text()}@db:5432/postgres"
    )
    broker = keys.let_in("amqp://liaison@mq:5672/")
    assert f"default_pass = {broker.split(':')[2].split('@')[0]}\n" in (tmp_path / "rabbitmq/rabbitmq.conf").read_text()


@pytest.mark.parametrize("url", ["postgresql://postgres:own@db/x", "postgresql://other@db/x", "postgresql://db/x"])
def test_a_url_that_needs_no_secret_of_ours_stays(url: str, tmp_path: Path) -> None:
    keys = Keys(tmp_path, StackSettings())
    keys.password("postgres")
    assert keys.let_in(url) == url


@pytest.mark.parametrize(("status", "ready"), [(200, True), (503, False)])
async def test_the_health_check_asks_the_process(status: int, ready: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Process(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Process) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(healthy, "PORT", server.server_port)
        assert await asyncio.to_thread(healthy.is_ready) == ready
        server.shutdown()
    assert not healthy.is_ready()


async def test_room_for_a_server_beside_the_platform(postgres: PostgresServer, tmp_path: Path) -> None:
    keys = Keys(tmp_path, StackSettings())
    assert await provide(postgres.admin_url, "beside", ["beside_one", "beside_two"], keys) == [
        "beside_one",
        "beside_two",
    ]
    owner = await asyncpg.connect(postgres.url("beside_two", "beside", keys.password("beside")).replace("+asyncpg", ""))
    await owner.execute("CREATE TABLE things (n int)")
    await owner.close()
    assert await provide(postgres.admin_url, "beside", ["beside_one", "beside_two"], keys) == ["beside_one"]
