"""Keys of the journal: usable ones, or no start."""

import base64

import pytest
from pydantic import SecretStr, ValidationError

from services.registry.settings import RegistrySettings

GOOD = SecretStr(base64.b64encode(bytes(32)).decode())


@pytest.mark.parametrize(
    ("keys", "key_id", "message"),
    [
        ({"a": SecretStr("short")}, "a", "journal key 'a' is not base64"),
        ({"a": SecretStr(base64.b64encode(bytes(31)).decode())}, "a", "journal key 'a' is not base64"),
        ({"a": GOOD}, "b", "'b' is none of the journal_keys"),
    ],
)
def test_unusable_keys_are_refused(keys: dict[str, SecretStr], key_id: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        RegistrySettings(journal_keys=keys, journal_key_id=key_id)


def test_keys_from_the_environment() -> None:
    keyring = RegistrySettings().keyring()
    assert keyring.current.secret == b"1" * 32
    assert set(keyring.secrets) == {"first", "second"}
