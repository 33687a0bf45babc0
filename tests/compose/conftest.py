"""One installation for all tests of this folder, with ports of its own, and thrown away at the end."""

import json
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.auth.tokens import TokenSigner
from deploy.demo.caller import Services
from deploy.keepsakes import PORTS, is_free
from deploy.stack.keys import ISSUER
from tests.compose.engine import FILE, Compose, docker

CADDY_STAND_IN = "liaison-test-caddy"
STAND_INS = {
    "LIAISON_CADDY_IMAGE": CADDY_STAND_IN,
    "LIAISON_POSTGRES_INITDB": "--locale=C.UTF-8",  # of PostgreSQL 15, as Debian has it
}
KEY = "/var/lib/liaison/keys/signing-key.json"
NAMES = ("HTTP_PORT", "HTTPS_PORT", "RABBITMQ_PAGES_PORT", "TEMPORAL_PAGES_PORT")


def stand_ins() -> dict[str, str]:
    """Settings for images that only look like the public ones; none where COMPOSE_TEST_STAND_INS is not set."""
    if not os.environ.get("COMPOSE_TEST_STAND_INS"):
        return {}
    docker("build", "-q", "-t", CADDY_STAND_IN, str(FILE.parent.parent / "tests/compose/caddy"))
    return STAND_INS


@pytest.fixture(scope="package")
def backups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the host, in which the image's user may write."""
    folder = tmp_path_factory.mktemp("backups")
    for above in (folder, *folder.parents[:2]):
        above.chmod(0o755)
    folder.chmod(0o777)
    return folder


@pytest.fixture(scope="package")
def settings(backups: Path) -> dict[str, str]:
    free = iter(port for port in PORTS if is_free(port))
    ports = {f"LIAISON_{name}": str(next(free)) for name in NAMES}
    ours = {"LIAISON_IMAGE": "liaison-test", "LIAISON_BACKUPS": str(backups)}
    return stand_ins() | ports | ours


@pytest.fixture(scope="package")
async def compose(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Compose]:
    compose = Compose(tmp_path_factory.mktemp("settings") / "env", settings)
    await compose.run("build")
    began = time.monotonic()
    try:
        await compose.up()
        print(f"\nup after {time.monotonic() - began:.0f} s")  # noqa: T201 - told beside the test's result
        yield compose
    finally:
        await compose.down("--volumes", "--remove-orphans")


@pytest.fixture
def base(settings: dict[str, str]) -> str:
    return f"http://localhost:{settings['LIAISON_HTTP_PORT']}"


@pytest.fixture
async def parties(compose: Compose, base: str) -> AsyncIterator[Services]:
    """Through the proxy, with tokens that this installation's own key signs."""
    key = await compose.run("run", "--rm", "-T", "--entrypoint", "cat", "tools", KEY)
    urls = {name: f"{base}/api/{name}" for name in ("filing", "review", "registry", "notify")} | {"console": base}
    services = Services(urls, TokenSigner(json.loads(key), ISSUER, "liaison"), patience=240)
    yield services
    await services.close()
