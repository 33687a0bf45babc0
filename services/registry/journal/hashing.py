"""The hash functions a journal may be kept with. Both give 32 bytes."""

import hashlib
import hmac
from collections.abc import Callable
from enum import StrEnum

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC


class HashName(StrEnum):
    """`SM3` is the hash of GB/T 32905."""

    SHA256 = "sha256"
    SM3 = "sm3"


def digest(name: HashName, data: bytes) -> bytes:
    return _DIGESTS[name](data)


def keyed(name: HashName, key: bytes, data: bytes) -> bytes:
    """HMAC of RFC 2104."""
    return _KEYED[name](key, data)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(data)
    return sm3.finalize()


def _hmac_sha256(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")


def _hmac_sm3(key: bytes, data: bytes) -> bytes:
    sm3 = HMAC(key, hashes.SM3())
    sm3.update(data)
    return sm3.finalize()


_DIGESTS: dict[HashName, Callable[[bytes], bytes]] = {HashName.SHA256: _sha256, HashName.SM3: _sm3}
_KEYED: dict[HashName, Callable[[bytes, bytes], bytes]] = {HashName.SHA256: _hmac_sha256, HashName.SM3: _hmac_sm3}
