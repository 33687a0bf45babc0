"""The compose files, read as compose reads them, with everything in them."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from chassis.settings import Settings
from deploy.backup.s3.settings import BackupSettings
from deploy.stack.processes import PROCESSES, SERVICES
from deploy.stack.settings import StackSettings

FOLDER = Path("deploy")
FILES = ("compose.yaml", "compose.production.yaml")
COMPOSE = Path(sys.executable).with_name("docker-compose")
WRITES_INTO_ITS_IMAGE = {"temporal", "temporal-ui"}
"""In production: their entry points make their configuration out of a template beside it."""

ONE_SHOT = {"secrets", "prepare", "tools", "temporal-databases", "temporal-schema"}
OF_COMPOSE = {"COMPOSE_PROFILES"}


def read(*files: str, **settings: str) -> dict[str, Any]:
    command = [str(COMPOSE), "--env-file", os.devnull, *(word for file in files for word in ("-f", str(FOLDER / file)))]
    profiles = [word for name in ("trial", "tools", "observability") for word in ("--profile", name)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LIAISON_")}
    command += [*profiles, "config", "--format", "json"]
    output = subprocess.check_output(command, env=environment | settings)
    services: dict[str, Any] = json.loads(output)["services"]
    return services


BASE = read(FILES[0])
PRODUCTION = read(*FILES)


@pytest.mark.parametrize(
    ("name", "service"), [*BASE.items(), *((f"{name} in production", one) for name, one in PRODUCTION.items())]
)
def test_a_container_may_no_more_than_it_must(name: str, service: dict[str, Any]) -> None:
    name, _, production = name.partition(" ")
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("read_only", False) == (not production or name not in WRITES_INTO_ITS_IMAGE)
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert {"memory", "pids"} <= set(service["deploy"]["resources"]["limits"])
    addresses = {port["host_ip"] for port in service.get("ports", [])}
    assert addresses <= ({"0.0.0.0"} if name == "proxy" else {"127.0.0.1"})


def test_every_process_has_a_container_with_a_folder_of_its_own() -> None:
    assert {spec.name for spec in PROCESSES} <= set(BASE)
    for spec in PROCESSES:
        assert BASE[spec.name]["command"] == list(spec.arguments)
        assert [one["source"] for one in BASE[spec.name]["volumes"]] == [f"handed-{spec.name}"]


def test_only_who_must_sees_the_databases() -> None:
    seeing = {name for name, one in PRODUCTION.items() if "databases" in (one.get("networks") or {})}
    assert seeing == {*SERVICES, "postgres", "prepare", "tools", "temporal", "temporal-databases", "temporal-schema"}


def test_the_example_explains_every_setting_and_none_that_nobody_reads() -> None:
    example = (FOLDER / ".env.example").read_text()
    named = set(re.findall(r"^#(\w+)=", example, re.MULTILINE))
    asked = set(re.findall(r"\$\{(\w+)", "".join((FOLDER / file).read_text() for file in FILES)))
    known = {f"LIAISON_{field.upper()}" for settings in _settings() for field in settings.model_fields}
    assert asked - named == {"LIAISON_SETTINGS", "LIAISON_CADDY_IMAGE", "LIAISON_POSTGRES_INITDB"}
    assert {name for name in named - asked if name.partition("__")[0] not in known} == OF_COMPOSE


def test_temporal_and_its_schema_reach_postgres_in_the_same_way() -> None:
    """The server and the tool have names of their own for each setting."""
    ca = "/etc/liaison/postgres-ca.pem"
    names = {"HOST": "db.example.cn", "PORT": "6432", "TLS": "true", "CA": "/srv/ca.pem", "VERIFY": "false"}
    found = read(*FILES, **{f"LIAISON_TEMPORAL_POSTGRES_{name}": value for name, value in names.items()})
    server, tool = (found[name]["environment"] for name in ("temporal", "temporal-schema"))
    assert (
        (server["POSTGRES_SEEDS"], server["DB_PORT"])
        == (tool["SQL_HOST"], tool["SQL_PORT"])
        == ("db.example.cn", "6432")
    )
    assert (server["SQL_TLS_ENABLED"], server["SQL_CA"]) == (tool["SQL_TLS"], tool["SQL_TLS_CA_FILE"]) == ("true", ca)
    assert server["SQL_HOST_VERIFICATION"] == tool["VERIFY"] == "false"
    for name in ("temporal", "temporal-schema"):
        assert ("/srv/ca.pem", ca) in {(one["source"], one["target"]) for one in found[name]["volumes"]}


def test_tools_know_what_the_operator_has_set(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("LIAISON_RETENTION__CONTACTS=3650\n")
    set_there = read(FILES[0], LIAISON_SETTINGS=str(tmp_path / "env"))
    for name in ("tools", "prepare"):
        assert set_there[name]["environment"]["LIAISON_RETENTION__CONTACTS"] == "3650"
    assert "LIAISON_RETENTION__CONTACTS" not in set_there["review"]["environment"]


def test_archives_reach_their_bucket() -> None:
    """`tools` takes them there, `prepare` fetches them."""
    for name in ("tools", "prepare"):
        assert "outside" in PRODUCTION[name]["networks"]


def test_the_proxy_reaches_pages_and_services_only() -> None:
    beside = {
        name
        for name, service in PRODUCTION.items()
        if service.get("networks", {}).keys() & PRODUCTION["proxy"]["networks"].keys()
    }
    outside = {"prepare", "tools", "mail", "prometheus", "grafana", "collector"}
    assert beside <= {*SERVICES, "workflows", "proxy", *outside}


def _settings() -> list[type[Any]]:
    own = [import_module(f"services.{name}.app").SERVICE.settings for name in SERVICES]
    return [Settings, StackSettings, BackupSettings, *own]
