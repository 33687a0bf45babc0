"""Settings of the review service."""

from pydantic import Field, SecretStr, field_validator

from chassis.settings import Settings
from services.review.objections.limits import Limits
from services.review.objections.sealed import Seal


class ReviewSettings(Settings):
    personal_key: SecretStr | None = Field(None, description="base64 of 32 bytes; seals who objects. Never change it")
    objections_an_enterprise: int = Field(50, ge=1, description="open objections taken to one enterprise on a notice")
    objections_a_notice: int = Field(20000, ge=1, description="open objections that one notice takes, against floods")

    @field_validator("personal_key")
    @classmethod
    def key_is_usable(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            Seal(key)
        return key

    @property
    def objection_limits(self) -> Limits:
        return Limits(an_enterprise=self.objections_an_enterprise, a_notice=self.objections_a_notice)

    def seal(self) -> Seal:
        """`LookupError` without a key: nothing personal is stored in the open."""
        if self.personal_key is None:
            raise LookupError("LIAISON_PERSONAL_KEY is not set: no objection can be taken or read")
        return Seal(self.personal_key)
