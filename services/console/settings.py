"""Settings of the console."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator, model_validator

from chassis.seal import Seal
from chassis.settings import Settings
from services.console.accounts.lock import Limits

KEY_SETTING = "LIAISON_CONSOLE_KEY"


class ConsoleSettings(Settings):
    """The console signs people's tokens with `signing_key_file`, as `signing_issuer`."""

    console_url: AnyHttpUrl = Field(
        AnyHttpUrl("http://127.0.0.1"), description="where people reach it; cookies are marked secure for https"
    )
    console_key: SecretStr | None = Field(None, description="base64 of 32 bytes; seals second factors. Never change it")
    retired_key_files: list[Path] = Field([], description="keys signed with before: published, no longer used")

    session_idle_minutes: int = Field(60, ge=1, description="after so long without a page one must sign in again")
    session_hours: int = Field(12, ge=1, description="a session never lasts longer")
    sign_in_attempts: int = Field(5, ge=1, description="wrong passwords or codes in a row that lock an account")
    address_attempts: int = Field(50, ge=1, description="failures of one address, of all accounts together")
    lock_minutes: int = Field(15, ge=1, description="of an account, or an address, after so many")

    check_largest_proof: int = Field(10_000_000, description="bytes of a list's proof that somebody wants checked")

    oidc_issuer: str | None = Field(None, description="identity provider (OpenID Connect) whose people may sign in")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = Field(None, description="absent: a public client, by PKCE alone")
    oidc_login_claim: str = Field("preferred_username", description="of the ID token, that names the account")
    oidc_second_factors: frozenset[str] = Field(
        frozenset(), description="values of acr or amr that say a second factor was given there, as `mfa`"
    )

    @field_validator("console_key")
    @classmethod
    def key_is_usable(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            Seal(key, KEY_SETTING)
        return key

    @model_validator(mode="after")
    def oidc_is_complete(self) -> Self:
        if self.oidc_issuer is not None and (self.oidc_client_id is None or self.console_key is None):
            raise ValueError(f"LIAISON_OIDC_ISSUER needs LIAISON_OIDC_CLIENT_ID and {KEY_SETTING}")
        return self

    @property
    def is_secure(self) -> bool:
        return self.console_url.scheme == "https"

    @property
    def session_idle(self) -> timedelta:
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def session_length(self) -> timedelta:
        return timedelta(hours=self.session_hours)

    @property
    def limits(self) -> Limits:
        return Limits(attempts=self.sign_in_attempts, lock=timedelta(minutes=self.lock_minutes))

    @property
    def address_limits(self) -> Limits:
        return Limits(attempts=self.address_attempts, lock=timedelta(minutes=self.lock_minutes))

    def seal(self) -> Seal:
        """`LookupError` without a key: no second factor is stored in the open."""
        if self.console_key is None:
            raise LookupError(f"{KEY_SETTING} is not set: no second factor can be set up or checked")
        return Seal(self.console_key, KEY_SETTING)
