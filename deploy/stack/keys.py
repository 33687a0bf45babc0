"""The secrets of one installation: those made once, and those that settings name besides or instead. Whoever loses them
loses what they seal: they belong in a backup."""

import json
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from chassis.auth.tokens import generate_key, write_jwks
from deploy.keepsakes import secret
from deploy.stack.settings import StackSettings

KEY_ID = "first"
ISSUER = "liaison-local"
CONSOLE_ISSUER = "liaison-console"
KEYRINGS = frozenset({"LIAISON_PAYLOAD_KEYS", "LIAISON_JOURNAL_KEYS"})


class Keys:
    """One file a secret, in a folder only its owner can read."""

    def __init__(self, folder: Path, settings: StackSettings) -> None:
        self._folder = folder
        self._settings = settings
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._own_signing_key = folder / "signing-key.json"
        secret(self._own_signing_key, lambda: json.dumps(generate_key()))
        self.signing_key_file = settings.signing_key_file or self._own_signing_key
        self.console_key_file = folder / "console-signing-key.json"
        secret(self.console_key_file, lambda: json.dumps(generate_key()))

    @property
    def installation(self) -> str:
        """A short name that tells this installation's corner of a shared server from others'."""
        return secret(self._folder / "installation", lambda: secrets.token_hex(3))

    def password(self, role: str) -> str:
        return self.login("database", role)

    def login(self, server: str, user: str) -> str:
        """The password with which `user` enters a server of this installation."""
        return secret(self._folder / f"{server}-{user}")

    def let_in(self, url: str) -> str:
        """The same URL, with the password kept here for its user where it has none and one is kept."""
        server = urlsplit(url)
        kept = self._folder / f"{'broker' if server.scheme.startswith('amqp') else 'database'}-{server.username}"
        if server.username is None or server.password is not None or not kept.exists():
            return url
        host = server.netloc.rpartition("@")[2]
        return server._replace(netloc=f"{server.username}:{quote(kept.read_text())}@{host}").geturl()

    def files(self) -> Iterator[Path]:
        return self._folder.iterdir()

    def for_temporal(self) -> dict[str, str]:
        return {
            "LIAISON_PAYLOAD_KEYS": self._keyring("payload-key", self._settings.payload_keys),
            "LIAISON_PAYLOAD_KEY_ID": self._settings.payload_key_id or KEY_ID,
        }

    def for_services(self) -> dict[str, str]:
        personal, console = self._settings.personal_key, self._settings.console_key
        return {
            "LIAISON_JOURNAL_KEYS": self._keyring("journal-key", self._settings.journal_keys),
            "LIAISON_JOURNAL_KEY_ID": self._settings.journal_key_id or KEY_ID,
            "LIAISON_PERSONAL_KEY": personal.get_secret_value() if personal else self._bytes("personal-key"),
            "LIAISON_CONSOLE_KEY": console.get_secret_value() if console else self._bytes("console-key"),
        }

    def for_signing(self) -> dict[str, str]:
        return {"LIAISON_SIGNING_KEY_FILE": str(self.signing_key_file), "LIAISON_SIGNING_ISSUER": ISSUER}

    def for_issuing(self) -> dict[str, str]:
        """The console's: nobody else can sign in people's names."""
        return {"LIAISON_SIGNING_KEY_FILE": str(self.console_key_file), "LIAISON_SIGNING_ISSUER": CONSOLE_ISSUER}

    def for_trust(self, issuers: Mapping[str, str]) -> dict[str, str]:
        """Whose tokens are taken: this installation's own, besides other issuers. Writes its key set."""
        jwks_file = self._folder / "jwks.json"
        files = dict.fromkeys((self.signing_key_file, self._own_signing_key))
        write_jwks(jwks_file, [json.loads(file.read_text()) for file in files])
        return {"LIAISON_AUTH_ISSUERS": json.dumps({**issuers, ISSUER: jwks_file.as_uri()})}

    def _keyring(self, name: str, besides: Mapping[str, SecretStr]) -> str:
        """Its own key stays when another one takes over: it reads what it has sealed."""
        named = {key_id: key.get_secret_value() for key_id, key in besides.items()}
        return json.dumps({KEY_ID: self._bytes(name), **named})

    def _bytes(self, name: str) -> str:
        """Base64 of 32 random bytes."""
        return secret(self._folder / name, lambda: b64encode(secrets.token_bytes(32)).decode())
