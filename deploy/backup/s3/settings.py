"""Where archives are kept, if not on a disk of ours."""

import re

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
REGION_NAME = re.compile(r"[A-Za-z0-9-]{1,50}")
KEY = re.compile(r"[!-~]*")


def is_path(path: str) -> bool:
    """Each part between its `/` is a name."""
    return path.isprintable() and not {"", ".", ".."} & set(path.split("/"))


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

    @field_validator("endpoint", "bucket", mode="before")
    @classmethod
    def none_when_empty(cls, value: object) -> object:
        return value or None

    @field_validator("endpoint")
    @classmethod
    def is_an_address_alone(cls, endpoint: AnyHttpUrl | None) -> AnyHttpUrl | None:
        """It is printed."""
        if endpoint and (endpoint.username or endpoint.password or endpoint.query or endpoint.fragment):
            raise ValueError("no user, password, query or fragment belongs into it; the keys have their own settings")
        return endpoint

    @field_validator("region")
    @classmethod
    def is_a_region(cls, region: str) -> str:
        if not REGION_NAME.fullmatch(region):
            raise ValueError("a region is letters, digits and hyphens")
        return region

    @field_validator("bucket")
    @classmethod
    def is_a_bucket(cls, bucket: str | None) -> str | None:
        if bucket and not BUCKET_NAME.fullmatch(bucket):
            raise ValueError("a bucket's name is 3 to 63 small letters, digits, dots and hyphens")
        return bucket

    @field_validator("prefix")
    @classmethod
    def is_a_folder(cls, prefix: str) -> str:
        folder = prefix.strip("/")
        if folder and not is_path(folder):
            raise ValueError("a folder in a bucket is names with a / between them")
        return folder

    @field_validator("access_key", "secret_key")
    @classmethod
    def is_one_word(cls, key: SecretStr | None) -> SecretStr | None:
        if key and not KEY.fullmatch(key.get_secret_value()):
            raise ValueError("a key is one word, of ASCII")
        return key

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
