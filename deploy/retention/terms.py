"""How long personal data are kept, rule by rule."""

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Terms(BaseModel):
    """Days; None: for ever. The rules of the scheme name no terms: these are assumed."""

    contacts: int | None = Field(5 * 365, ge=0, description="after a nomination ended: people named in its declaration")
    drafts: int | None = Field(365, ge=0, description="after a draft was last saved")
    objectors: int | None = Field(2 * 365, ge=0, description="after an objection was resolved")
    experts: int | None = Field(2 * 365, ge=0, description="after the last panel of an expert off the register")
    names: int | None = Field(10 * 365, ge=0, description="after an act: the name beside it; its login stays")
    accounts: int | None = Field(2 * 365, ge=0, description="after the last sign-in to an account that is closed")
    answers: int | None = Field(90, ge=0, description="after a request with an idempotency key was answered")


class RetentionSettings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="LIAISON_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    retention: Terms = Terms()
