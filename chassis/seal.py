"""Seals what nobody may read in a copy of a database: AES-256-GCM under one key."""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

KEY = 32
NONCE = 12


class Seal:
    """What is sealed is bound to its place: moved to another row it can't be opened."""

    def __init__(self, key: SecretStr, setting: str) -> None:
        """`key` is base64 of 32 bytes; `ValueError` names the setting it came from when it is not."""
        self._cipher = AESGCM(_decoded(key, setting))

    def close(self, plain: bytes, place: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """`ValueError` when it was changed, or sealed for another place or by another key."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place)
        except InvalidTag as error:
            raise ValueError("what was sealed can't be opened with this key") from error


def _decoded(key: SecretStr, setting: str) -> bytes:
    try:
        raw = base64.b64decode(key.get_secret_value(), validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != KEY:
        raise ValueError(f"{setting} must be base64 of {KEY} bytes")
    return raw
