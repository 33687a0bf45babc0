"""Settings of a process, from the environment (`LIAISON_…`, nested by `__`) and `.env`."""

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from contracts.enums import Role


class Settings(BaseSettings):
    """What every process may need. A service adds its own in `services/<name>/settings.py`."""

    model_config = SettingsConfigDict(
        env_prefix="LIAISON_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    databases: dict[str, SecretStr] = Field({}, description="service → URL of its database, as its own user")
    owners: dict[str, SecretStr] = Field({}, description="service → the same as its owner; only migrations use it")
    broker_url: SecretStr = SecretStr("amqp://guest:guest@127.0.0.1:5672/")
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_metrics: str | None = Field(None, description="host:port at which its SDK tells its own metrics")
    payload_keys: dict[str, SecretStr] = Field({}, description="key id → base64 of 32 bytes, for workflow payloads")
    payload_key_id: str | None = Field(None, description="the key that encrypts; all keys decrypt")

    auth_issuers: dict[str, str] = Field({}, description="issuer → its JWKS, at http(s):// or file://")
    auth_roles: dict[str, list[Role]] = Field({}, description="issuer → roles it may give; absent: all of them")
    auth_authorities: dict[str, list[str]] = Field(
        {}, description="issuer with such roles → authorities whose staff it may name; absent: all of them"
    )
    auth_audience: str = "liaison"
    signing_key_file: Path | None = Field(None, description="private JWK (Ed25519) with which this process signs")
    signing_issuer: str = "liaison-local"

    service_urls: dict[str, AnyHttpUrl] = Field({}, description="service → where its API answers")
    http_host: str = "127.0.0.1"
    http_ports: dict[str, int] = Field({}, description="process → port; 0 or absent picks a free one")
    leave_seconds: float = Field(0, description="between saying that it leaves, to proxies and callers, and closing")
    largest_body: int = Field(1_000_000, description="bytes of a request's body; uploads have a limit of their own")

    otlp_endpoint: AnyHttpUrl | None = Field(None, description="where traces go; none are made without it")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"

    def database(self, service: str) -> str:
        """The service's database URL. `KeyError` names the setting that is missing."""
        return self._required(self.databases, "LIAISON_DATABASES", service)

    def owner(self, service: str) -> str:
        return self._required(self.owners, "LIAISON_OWNERS", service)

    def _required(self, urls: dict[str, SecretStr], setting: str, service: str) -> str:
        if service not in urls:
            raise KeyError(f"{setting}__{service.upper()} is not set")
        return urls[service].get_secret_value()
