"""Where archives are kept, if not on a disk of ours."""

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class S3(BaseModel):
    """Off without a bucket."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    endpoint: AnyHttpUrl | None = Field(None, description="where the store answers; Amazon's own without it")
    region: str = Field("us-east-1", description="as the store calls it; most that aren't Amazon's take any")
    bucket: str | None = None
    prefix: str = Field("", description="folder in the bucket")
    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
    days: int = Field(2, ge=1, description="after so many without a new archive the doctor calls it wrong")

    @field_validator("endpoint", mode="before")
    @classmethod
    def none_when_empty(cls, endpoint: object) -> object:
        return endpoint or None

    @field_validator("prefix")
    @classmethod
    def without_slashes(cls, prefix: str) -> str:
        return prefix.strip("/")

    @property
    def address(self) -> str:
        if self.endpoint:
            return str(self.endpoint).rstrip("/")
        return f"https://s3.{self.region}.amazonaws.com{'.cn' if self.region.startswith('cn-') else ''}"

    @property
    def where(self) -> str:
        """The store, for people."""
        return self.address if self.endpoint else f"Amazon S3 ({self.region})"


class BackupSettings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="LIAISON_",
        env_nested_delimiter="__",
        env_file=".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    backup_s3: S3 = S3()
