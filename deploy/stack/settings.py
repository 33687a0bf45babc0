"""What may be told to the launcher: which servers to use, and where to keep what is its own."""

from pathlib import Path

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class StackSettings(BaseSettings):
    """From `LIAISON_…` and `.env`, as every process's settings. What names no server is looked for, or started."""

    model_config = SettingsConfigDict(
        env_prefix="LIAISON_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    state: Path = Field(Path(".liaison"), description="folder of everything the launcher keeps")
    find_servers: bool = Field(True, description="look for running servers at their usual addresses")
    postgres_url: SecretStr | None = Field(
        None, description="postgresql://… of a server to use, as a user who may create roles and databases"
    )
    databases: dict[str, SecretStr] = Field({}, description="service → a database that is provided already")
    owners: dict[str, SecretStr] = Field({}, description="service → the same, as its owner: it is migrated")
    broker_url: SecretStr | None = Field(None, description="amqp://… of a RabbitMQ and virtual host to use")
    temporal_address: str | None = None
    temporal_namespace: str = "liaison"
    auth_issuers: dict[str, str] = Field({}, description="issuers to trust besides this installation's own")
    http_host: str = "127.0.0.1"
    console_url: AnyHttpUrl | None = Field(None, description="where people reach the console; else its own port")
    http_ports: dict[str, int] = Field({}, description="process → port; a free one is chosen for the others, and kept")

    payload_keys: dict[str, SecretStr] = Field({}, description="keys besides this installation's own")
    payload_key_id: str | None = Field(None, description="the key that encrypts; this installation's own without it")
    journal_keys: dict[str, SecretStr] = Field({}, description="the same for the journal")
    journal_key_id: str | None = None
    personal_key: SecretStr | None = Field(None, description="instead of this installation's own")
    console_key: SecretStr | None = Field(None, description="the same")
    signing_key_file: Path | None = Field(None, description="instead of this installation's own")

    @field_validator("state", "signing_key_file")
    @classmethod
    def absolute(cls, path: Path | None) -> Path | None:
        return path.expanduser().absolute() if path else None
