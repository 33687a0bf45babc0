"""Settings of the registry."""

import base64
import binascii
from functools import cache
from typing import Self

from pydantic import Field, SecretStr, model_validator

from chassis.settings import Settings
from contracts.model import Text
from services.registry.journal.chain import Keyring
from services.registry.journal.hashing import HashName

LEAST_KEY = 32


class RegistrySettings(Settings):
    journal_keys: dict[str, SecretStr] = Field({}, description="key id → base64 of 32 bytes or more; keep old ones")
    journal_key_id: str = Field("", description="the key that chains new rows of the journal")
    journal_hash: HashName = HashName.SHA256

    check_largest_proof: int = Field(10_000_000, description="bytes of a list's proof that somebody wants checked")

    list_issuer: Text = Text(zh="中华人民共和国商务部", en="Ministry of Commerce of the People's Republic of China")
    list_title: Text = Text(
        zh="{year}年全国商贸物流重点联系企业名单", en="Key-contact enterprises in commerce and logistics, {year}"
    )

    @model_validator(mode="after")
    def keys_are_usable(self) -> Self:
        for key_id, secret in self.journal_keys.items():
            if len(_decoded(secret)) < LEAST_KEY:
                raise ValueError(f"journal key {key_id!r} is not base64 of {LEAST_KEY} bytes or more")
        if self.journal_keys and self.journal_key_id not in self.journal_keys:
            raise ValueError(f"journal_key_id {self.journal_key_id!r} is none of the journal_keys")
        return self

    def keyring(self) -> Keyring:
        secrets = {key_id: _decoded(secret) for key_id, secret in self.journal_keys.items()}
        return Keyring(secrets, self.journal_key_id, self.journal_hash)


def _decoded(secret: SecretStr) -> bytes:
    try:
        return base64.b64decode(secret.get_secret_value(), validate=True)
    except binascii.Error:
        return b""


@cache
def keyring() -> Keyring:
    """The keys of this process, for consumers and orders, which are handed a session and nothing else."""
    return RegistrySettings().keyring()
