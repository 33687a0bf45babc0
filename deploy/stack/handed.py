"""What each container is handed: a folder of its own with the settings and keys that are its business, and no other's.

`liaison secrets` and `liaison prepare` see all these folders side by side, each under the name of who gets it; whoever
gets one finds it at `PLACE`.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from deploy.keepsakes import write_private
from deploy.stack import environment
from deploy.stack.keys import Keys

PLACE = Path("/run/liaison")
BROKER_USER = "liaison"
ABOUT_THE_PLACE = frozenset({"LIAISON_STATE", "LIAISON_FIND_SERVERS"})
"""Settings of whoever prepares, which mean nothing to a process."""

RABBITMQ = """\
default_user = {user}
default_pass = {password}
log.console = true
log.console.level = warning
log.file = false
"""


def hand_to_servers(folder: Path, keys: Keys) -> None:
    """To each server that has a folder here, the secret with which it first starts."""
    texts = {
        "postgres/password": keys.password("postgres"),
        "rabbitmq/rabbitmq.conf": RABBITMQ.format(user=BROKER_USER, password=keys.login("broker", BROKER_USER)),
        "temporal/password": keys.password("temporal"),
        "grafana/password": keys.login("grafana", "admin"),
    }
    for name, text in texts.items():
        file = folder / name
        if os.access(file.parent, os.W_OK):  # not where a folder of the image has no volume over it
            write_private(file, text)
            file.chmod(0o640)  # a server runs as a user of its own, in our group


def hand_to_process(folder: Path, settings: Mapping[str, str], keys: Keys) -> None:
    """Its settings, and the key files that they name."""
    own = {name: value for name, value in settings.items() if name.startswith("LIAISON_")}
    told = json.dumps({name: value for name, value in own.items() if name not in ABOUT_THE_PLACE})
    for file in keys.files():
        if str(file) in told:
            write_private(folder / file.name, file.read_text())
            told = told.replace(str(file), str(PLACE / file.name))
    environment.keep(folder, json.loads(told))
