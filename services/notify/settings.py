"""Settings of the notify service."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from chassis.settings import Settings


class NotifySettings(Settings):
    addresses: dict[str, str] = Field({}, description="party (`ministry`, `authority:410000`) → e-mail address")
    language: Literal["zh", "en"] = Field("zh", description="of e-mails to the parties in `addresses`")

    smtp_host: str | None = Field(None, description="no e-mail is sent without it; the in-app inbox works in any case")
    smtp_port: int = 25
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str = "liaison@localhost"

    webhook_private_targets: bool = Field(False, description="allow targets in private networks; for trials")
    webhook_plain_http: bool = Field(False, description="allow http:// targets; for trials")

    delivery_attempts: int = Field(14, ge=1, description="after the last one the message is given up")
    retry_first: float = Field(10, description="seconds before the second attempt; doubled for each further one")
    retry_longest: float = Field(21_600, description="seconds between two attempts at most")
    lease: float = Field(90, description="seconds after which a message that a dead sender held is taken up again")
    poll_every: float = Field(1, description="seconds between two looks for due messages")

    @model_validator(mode="after")
    def contacts_can_be_asked(self) -> Self:
        if self.smtp_host and not ("filing" in self.service_urls and self.signing_key_file):
            raise ValueError("smtp_host needs service_urls.filing and signing_key_file: filing knows the contacts")
        return self
