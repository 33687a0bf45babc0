"""The public keys of this issuer: the one in use, and those that signed tokens which may still be about."""

from typing import Any

import orjson
from joserfc.jwk import Key, KeySet, OKPKey

from services.console.settings import ConsoleSettings


def key_set(settings: ConsoleSettings) -> dict[str, Any]:
    """The JWKS (RFC 7517). `LookupError` when no signing key is set."""
    if settings.signing_key_file is None:
        raise LookupError("LIAISON_SIGNING_KEY_FILE is not set: the console can't sign tokens")
    files = (settings.signing_key_file, *settings.retired_key_files)
    keys: list[Key] = [OKPKey.import_key(orjson.loads(file.read_bytes())) for file in files]
    return dict(KeySet(keys).as_dict(private=False))
