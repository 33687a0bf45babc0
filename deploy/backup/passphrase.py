"""Seals the keys of an installation in its archive: AES-256-GCM under a key made of a passphrase by scrypt."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from deploy.backup.refused import Refused

SHORTEST = 12
SALT, NONCE, KEY = 16, 12, 32
COST, BLOCK = 2**17, 8
"""128 MB and a fraction of a second for every guess."""

MAGIC = b"liaison keys 1\n"


def check_passphrase(passphrase: str) -> str:
    if len(passphrase) < SHORTEST:
        raise Refused(f"The passphrase has fewer than {SHORTEST} characters")
    return passphrase


def seal(plain: bytes, passphrase: str) -> bytes:
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MAGIC + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, MAGIC)


def unseal(sealed: bytes, passphrase: str) -> bytes:
    if not sealed.startswith(MAGIC):
        raise Refused("The keys in this archive are sealed in a way that this code doesn't know")
    salt, nonce, text = _cut(sealed[len(MAGIC) :])
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, text, MAGIC)
    except InvalidTag:
        raise Refused("This passphrase doesn't open the keys of the archive") from None


def _cut(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    return sealed[:SALT], sealed[SALT : SALT + NONCE], sealed[SALT + NONCE :]


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK, p=1).derive(passphrase.encode())
