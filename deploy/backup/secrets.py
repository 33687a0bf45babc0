"""The keys of an installation in an archive: the files of `keys/`, and the keys that settings name, sealed."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from deploy.backup.archive import Reader, Writer
from deploy.backup.passphrase import seal, unseal
from deploy.backup.refused import Refused
from deploy.keepsakes import write_private
from deploy.stack.keys import KEYRINGS

PART = "keys.sealed.gz"
SETTINGS = (
    *sorted(KEYRINGS),
    "LIAISON_PAYLOAD_KEY_ID",
    "LIAISON_JOURNAL_KEY_ID",
    "LIAISON_PERSONAL_KEY",
    "LIAISON_CONSOLE_KEY",
)
LEFT_OVER = "settings-from-backup.env"
MADE_ANEW = frozenset({LEFT_OVER, "jwks.json"})


class Secrets(BaseModel):
    """`files` by name; `settings`: keys in effect at the backup, whoever named them."""

    files: dict[str, str]
    settings: dict[str, str]


def secrets_of(folder: Path) -> Secrets:
    files = {file.name: file.read_text() for file in _files(folder)}
    return Secrets(files=files, settings={name: os.environ[name] for name in SETTINGS if name in os.environ})


def _files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.glob("*")) if file.is_file() and file.name not in MADE_ANEW]


def dump_secrets(secrets: Secrets, passphrase: str, writer: Writer) -> None:
    with writer.part(PART) as part:
        part.write(seal(secrets.model_dump_json().encode(), passphrase))


def read_secrets(reader: Reader, passphrase: str) -> Secrets:
    with reader.part(PART) as part:
        return Secrets.model_validate_json(unseal(part.read(), passphrase))


def check_folder(secrets: Secrets, folder: Path) -> None:
    """`Refused` when another installation's keys are there."""
    for name, text in secrets.files.items():
        if Path(name).name != name:
            raise Refused(f"The archive has a key {name}: that is no name of a file")
        file = folder / name
        if file.exists() and file.read_text() != text:
            raise Refused(f"{file} is another installation's: restore into an empty folder")


def load_files(secrets: Secrets, folder: Path) -> list[Path]:
    """Returns those that were not there."""
    missing = [folder / name for name in secrets.files if not (folder / name).exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in missing:
        write_private(file, secrets.files[file.name])
    return missing


def keep_settings(secrets: Secrets, known: Mapping[str, str], folder: Path) -> list[str]:
    """Key settings of the archive that neither the folder nor settings here provide are written down for the operator;
    returns their names."""
    missing = {name: value for name, value in secrets.settings.items() if not _provides(known.get(name), name, value)}
    if missing:
        lines = [f"{name}='{value}'\n" for name, value in missing.items()]
        write_private(folder / LEFT_OVER, "".join(lines))
    return list(missing)


def _provides(known: str | None, name: str, value: str) -> bool:
    if known is None or name not in KEYRINGS:
        return known == value
    here = json.loads(known)
    return all(here.get(key_id) == key for key_id, key in json.loads(value).items())
