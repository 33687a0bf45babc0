"""Ports and secrets stay the same from run to run."""

import json
import socket
from pathlib import Path

from chassis.auth.principal import Principal
from chassis.auth.tokens import signer_of
from chassis.settings import Settings
from contracts.enums import Role
from deploy.keepsakes import Ports, secret
from deploy.stack.keys import Keys
from deploy.stack.settings import StackSettings


def test_a_port_stays_the_same(tmp_path: Path) -> None:
    port = Ports(tmp_path).get("api")
    assert Ports(tmp_path).get("api") == port
    assert Ports(tmp_path).get("other") != port


async def test_a_port_that_somebody_else_keeps_is_given_up(tmp_path: Path) -> None:
    ports = Ports(tmp_path)
    port = ports.get("api")
    with socket.create_server(("127.0.0.1", port)):
        assert await ports.reclaim("api", patience=0.3) != port
    assert ports.get("api") != port


async def test_a_free_port_is_kept(tmp_path: Path) -> None:
    ports = Ports(tmp_path)
    assert await ports.reclaim("api") == ports.get("api")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    made = secret(file)
    assert secret(file) == made
    assert file.stat().st_mode & 0o777 == 0o600


def test_all_keys_of_an_installation_stay_the_same_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = Keys(folder, StackSettings())
    kept = (first.for_services(), first.for_temporal(), first.password("review"), trusted(first))
    again = Keys(folder, StackSettings())
    assert (again.for_services(), again.for_temporal(), again.password("review"), trusted(again)) == kept
    assert folder.stat().st_mode & 0o077 == 0
    assert '"d"' not in trusted(first)


def trusted(keys: Keys) -> str:
    [jwks] = json.loads(keys.for_trust({})["LIAISON_AUTH_ISSUERS"]).values()
    return Path(jwks.removeprefix("file://")).read_text()


def test_the_signing_key_signs(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys", StackSettings())
    settings = Settings(signing_key_file=keys.signing_key_file)
    assert signer_of(settings).sign(Principal(subject="zhang", roles=frozenset({Role.OFFICER}))).count(".") == 2
