"""Who objects is sealed at rest: a copy of the database shows neither the name nor the contact nor the words."""

import base64
import binascii
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from contracts.model import Model

KEY = 32
NONCE = 12


class Objector(Model):
    """What a citizen wrote."""

    name: str
    contact: str
    text: str


class Seal:
    """AES-256-GCM under one key. What is sealed is bound to its row: moved to another row it can't be opened."""

    def __init__(self, key: SecretStr) -> None:
        self._cipher = AESGCM(_decoded(key))

    def close(self, objector: Objector, row: UUID) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, objector.model_dump_json().encode(), row.bytes)

    def open(self, sealed: bytes, row: UUID) -> Objector:
        """`ValueError` when it was changed, or sealed for another row or by another key."""
        try:
            plain = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], row.bytes)
        except InvalidTag as error:
            raise ValueError(f"what was sealed for {row} can't be opened with this key") from error
        return Objector.model_validate_json(plain)


def _decoded(key: SecretStr) -> bytes:
    try:
        raw = base64.b64decode(key.get_secret_value(), validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != KEY:
        raise ValueError("LIAISON_PERSONAL_KEY must be base64 of 32 bytes")
    return raw
