"""Encryption of what Temporal stores: AES-256-GCM, with the id of the key beside the data so that keys can rotate."""

import os
from base64 import b64decode
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from chassis.settings import Settings
from chassis.temporal.compression import pack, unpack

ENCODING = b"binary/encrypted"
KEY_ID = "encryption-key-id"
NONCE_BYTES = 12


class UnknownPayloadKey(Exception):  # noqa: N818 - named for what is missing
    """A payload was encrypted with a key that this process was not given."""


class EncryptionCodec(PayloadCodec):
    """All keys decrypt, `key_id` encrypts. Payloads that were never encrypted (typed in by hand) pass as they are."""

    def __init__(self, keys: Mapping[str, bytes], key_id: str) -> None:
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        self._key_id = key_id
        self._cipher = self._ciphers[key_id]

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._encrypt(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [
            self._decrypt(payload) if payload.metadata.get("encoding") == ENCODING else payload for payload in payloads
        ]

    def _encrypt(self, payload: Payload) -> Payload:
        nonce, key_id = os.urandom(NONCE_BYTES), self._key_id.encode()
        sealed = self._cipher.encrypt(nonce, pack(payload).SerializeToString(), key_id)
        return Payload(metadata={"encoding": ENCODING, KEY_ID: key_id}, data=nonce + sealed)

    def _decrypt(self, payload: Payload) -> Payload:
        key_id = payload.metadata[KEY_ID]
        cipher = self._ciphers.get(key_id.decode())
        if cipher is None:
            raise UnknownPayloadKey(f"LIAISON_PAYLOAD_KEYS has no key {key_id.decode()!r}")
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        return unpack(Payload.FromString(cipher.decrypt(nonce, sealed, key_id)))


def codec_of(settings: Settings) -> EncryptionCodec:
    """Raises `ValueError` when no key is set: nothing goes to Temporal unencrypted."""
    if settings.payload_key_id not in settings.payload_keys:
        raise ValueError("LIAISON_PAYLOAD_KEY_ID must name one of LIAISON_PAYLOAD_KEYS (base64 of 32 bytes each)")
    keys = {name: b64decode(key.get_secret_value(), validate=True) for name, key in settings.payload_keys.items()}
    for name, key in keys.items():
        if len(key) != 32:
            raise ValueError(f"LIAISON_PAYLOAD_KEYS__{name} must be 32 bytes, not {len(key)}")
    return EncryptionCodec(keys, settings.payload_key_id)
