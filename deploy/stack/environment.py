"""The settings that processes and tools are given, as environment variables."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from deploy.keepsakes import write_private
from deploy.stack.keys import CONSOLE_ISSUER, KEYRINGS, Keys
from deploy.stack.postgres import DatabaseUrls
from deploy.stack.processes import ProcessSpec
from deploy.stack.settings import StackSettings

# Beginnings of names: a part of a setting may be set by itself (`LIAISON_JOURNAL_KEYS__SECOND`).
FOR_THE_LAUNCHER_ONLY = ("LIAISON_POSTGRES_URL", "LIAISON_OWNERS", "LIAISON_DATABASES", "LIAISON_BACKUP")
SECRET = (
    "LIAISON_PAYLOAD_KEY",
    "LIAISON_JOURNAL_KEY",
    "LIAISON_PERSONAL_KEY",
    "LIAISON_CONSOLE_KEY",
    "LIAISON_OIDC_CLIENT_SECRET",
    "LIAISON_SIGNING_KEY_FILE",
    "LIAISON_RETIRED_KEY_FILES",
    "LIAISON_SMTP_PASSWORD",
)


PREPARED = "LIAISON_PREPARED"
"""Kept with the settings of a platform whose processes somebody else starts than the launcher."""


def shared(settings: StackSettings, ports: Mapping[str, int], urls: Mapping[str, str], keys: Keys) -> dict[str, str]:
    """What everybody is told. `urls`: where each service answers."""
    return {
        **keys.for_trust(settings.auth_issuers | {CONSOLE_ISSUER: f"{urls['console']}/.well-known/jwks.json"}),
        **{f"LIAISON_HTTP_PORTS__{name.upper()}": str(port) for name, port in ports.items()},
        **{f"LIAISON_SERVICE_URLS__{name.upper()}": url for name, url in urls.items()},
        "LIAISON_HTTP_HOST": settings.http_host,
        "LIAISON_CONSOLE_URL": str(settings.console_url) if settings.console_url else urls["console"],
    }


def of_process(
    spec: ProcessSpec, common: Mapping[str, str], databases: Mapping[str, DatabaseUrls], keys: Keys
) -> dict[str, str]:
    """The whole environment of one process: the launcher's own, without what is not its business."""
    withheld = FOR_THE_LAUNCHER_ONLY + SECRET
    inherited = {
        key: value
        for key, value in os.environ.items()
        if key.upper() in spec.keys or not key.upper().startswith(withheld)
    }
    own = dict(common)
    if spec.name in databases:
        own[f"LIAISON_DATABASES__{spec.name.upper()}"] = databases[spec.name].app
    if spec.orders:
        own |= keys.for_temporal()
    own |= {key: value for key, value in keys.for_services().items() if key in spec.keys}
    if spec.signs:
        own |= keys.for_signing()
    if spec.issues:
        own |= keys.for_issuing()
    return inherited | own


def of_tools(common: Mapping[str, str], databases: Mapping[str, DatabaseUrls], keys: Keys) -> dict[str, str]:
    """What commands beside the stack need: everything."""
    urls = {f"LIAISON_DATABASES__{service.upper()}": urls.app for service, urls in databases.items()}
    owners = {f"LIAISON_OWNERS__{service.upper()}": urls.owner for service, urls in databases.items() if urls.owner}
    return {**common, **urls, **owners, **keys.for_temporal(), **keys.for_services(), **keys.for_signing()}


def keep(state: Path, environment: Mapping[str, str]) -> None:
    write_private(state / "environment.json", json.dumps(environment, indent=1))


def use_kept(state: Path) -> bool:
    """Take the settings of the stack of this folder for this process, where none are set, and its keys in any case;
    False when there is none."""
    file = state / "environment.json"
    if not file.exists():
        return False
    kept: dict[str, str] = json.loads(file.read_text())
    for key in KEYRINGS & kept.keys() & os.environ.keys():  # a key set here doesn't read what older ones wrote
        os.environ[key] = json.dumps(json.loads(kept[key]) | json.loads(os.environ[key]))
    for key, value in kept.items():
        os.environ.setdefault(key, value)
    return True
