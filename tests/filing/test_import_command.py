"""`liaison import`, over HTTP."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import typer
import uvicorn
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from chassis.auth.tokens import TokenSigner
from chassis.auth.verify import Verifier
from chassis.service import Runtime
from chassis.web import create_app
from deploy.cli import import_
from services.filing.app import SERVICE
from services.filing.settings import FilingSettings
from tests.filing.conftest import Filing
from tests.filing.files import as_csv, row
from tests.fixtures.apps import ISSUER

command = typer.Typer()
command.command()(import_.import_)


@pytest.fixture
async def served(
    filing: Filing, signing: tuple[TokenSigner, str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Filing]:
    """The service at a port, which the settings of this process name."""
    settings = FilingSettings(databases={"filing": SecretStr(filing.database.url)}, auth_issuers={ISSUER: signing[1]})
    verifier = Verifier(settings)
    app = create_app(SERVICE, Runtime(settings, filing.database, verifier))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        serving = asyncio.create_task(server._serve([listening]))
        port = listening.getsockname()[1]
        monkeypatch.setenv("LIAISON_SERVICE_URLS__FILING", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("LIAISON_TOKEN", filing.officer["Authorization"].removeprefix("Bearer "))
        yield filing
        server.should_exit = True
        await serving
    await verifier.close()


async def run(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, command, words)


async def test_a_file_is_sent_in(served: Filing, tmp_path: Path) -> None:
    file = tmp_path / "河南.csv"
    file.write_bytes(as_csv(row(), row(服务网络范围="省内", 企业名称="[某]物流")))
    first = await run(str(file), "--campaign", served.campaign, "--json")
    assert first.exit_code == 0, first.output
    report = json.loads(first.stdout.splitlines()[-1])  # the service logs into the same stream here
    assert (report["filed"], report["refused"]) == (1, 1)
    again = await run(str(file), "--campaign", served.campaign)
    assert again.exit_code == 0
    for told in ("1 there already", "1 refused", "network: 1", "[某]物流"):
        assert told in again.stderr


async def test_a_refusal_says_why(served: Filing, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("企业名称\n甲\n", encoding="utf-8")
    refused = await run(str(file), "--campaign", served.campaign)
    assert refused.exit_code == 1
    assert "unreadable_file" in refused.stderr
    assert "信息系统" in refused.stderr
