"""The keyed chain: each row's mac covers the mac before it, so that nothing can be changed without the key.

Keys can be changed: a row, a head and a root name the key and the hash they were made with.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.registry.journal.hashing import HashName, keyed

GENESIS = bytes(32)
"""What stands before the first row."""


class UnknownKeyError(LookupError):
    """A row names a key that the settings don't have."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One key with one hash. The labels keep a mac of one kind from passing as one of another."""

    algorithm: HashName
    key_id: str
    secret: bytes

    def link(self, previous: bytes, digest: bytes) -> bytes:
        """The mac of a row, from the mac of the row before it and its own digest."""
        return keyed(self.algorithm, self.secret, b"journal row\n" + previous + digest)

    def head(self, seq: int, mac: bytes) -> bytes:
        """The seal of the head: the chain ends at `seq` with `mac`, and nowhere before."""
        return keyed(self.algorithm, self.secret, b"journal head\n" + seq.to_bytes(8, "big") + mac)

    def root(self, canonical: bytes) -> bytes:
        return keyed(self.algorithm, self.secret, b"journal root\n" + canonical)


@dataclass(frozen=True)
class Keyring:
    """All keys the journal was ever kept with, and the one it is kept with now."""

    secrets: Mapping[str, bytes]
    key_id: str
    algorithm: HashName

    @property
    def current(self) -> Signer:
        return self.signer(self.algorithm, self.key_id)

    def signer(self, algorithm: HashName, key_id: str) -> Signer:
        if key_id not in self.secrets:
            raise UnknownKeyError(f"journal key {key_id!r} is not set")
        return Signer(algorithm, key_id, self.secrets[key_id])
