"""Who objects is sealed at rest: a copy of the database shows neither the name nor the contact nor the words."""

from uuid import UUID

from pydantic import SecretStr

from chassis import seal
from contracts.model import Model


class Objector(Model):
    """What a citizen wrote."""

    name: str
    contact: str
    text: str


class Seal:
    """Of objectors, each bound to the row of its objection."""

    def __init__(self, key: SecretStr) -> None:
        self._seal = seal.Seal(key, "LIAISON_PERSONAL_KEY")

    def close(self, objector: Objector, row: UUID) -> bytes:
        return self._seal.close(objector.model_dump_json().encode(), row.bytes)

    def open(self, sealed: bytes, row: UUID) -> Objector:
        """`ValueError` when it was changed, or sealed for another row or by another key."""
        return Objector.model_validate_json(self._seal.open(sealed, row.bytes))
