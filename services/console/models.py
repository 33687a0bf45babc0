"""The tables of the console: who may sign in, who is signed in, what they could not send, which systems have
credentials."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import declarative_base


class Base(declarative_base()):  # type: ignore[misc]
    __abstract__ = True


class Account(Base):
    """A person who may sign in. `login` is the `sub` of their tokens and never changes hands.

    `password_hash` is argon2id; without one the person signs in at the identity provider, as the subject of the issuer
    who did so first. `totp_secret` is sealed;
    `totp_counter` is the last time step whose code was used, so that no code works twice.

    `held_by` are the logins of the administrators who gave the account its power, or what it signs in with, since that
    was last confirmed; `held_at` is when the last of them did.
    """

    __tablename__ = "accounts"
    __table_args__ = (sa.UniqueConstraint("oidc_issuer", "oidc_subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(sa.Text, unique=True)
    name: Mapped[str] = mapped_column(sa.Text)
    department: Mapped[str | None] = mapped_column(sa.Text)
    roles: Mapped[list[Any]]
    authority: Mapped[str | None] = mapped_column(sa.Text)
    credit_code: Mapped[str | None] = mapped_column(sa.Text)
    password_hash: Mapped[str | None] = mapped_column(sa.Text)
    must_change_password: Mapped[bool]
    oidc_issuer: Mapped[str | None] = mapped_column(sa.Text)
    oidc_subject: Mapped[str | None] = mapped_column(sa.Text)
    totp_secret: Mapped[bytes | None]
    totp_enabled_at: Mapped[datetime | None]
    totp_counter: Mapped[int] = mapped_column(sa.BigInteger)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.Text)
    signed_in_at: Mapped[datetime | None]
    held_by: Mapped[list[Any]]
    held_at: Mapped[datetime | None]


class Session(Base):
    """A browser that is signed in. The cookie's token is kept only as its SHA-256.

    Until `confirmed_at` the second factor is still owed, and the session opens nothing else.
    """

    __tablename__ = "sessions"
    __table_args__ = (sa.Index(None, "account_id"), sa.Index(None, "expires_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    address: Mapped[str] = mapped_column(sa.Text)
    browser: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class UnsentForm(Base):
    """What somebody typed into a form that was not taken. `fields` are sealed."""

    __tablename__ = "unsent_forms"
    __table_args__ = (sa.Index(None, "account_id"), sa.Index(None, "kept_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    action: Mapped[str] = mapped_column(sa.Text)
    fields: Mapped[bytes]
    kept_at: Mapped[datetime]


class ApiClient(Base):
    """A system of an authority that gets tokens by OAuth client credentials. `secret_digest` is the SHA-256 of a
    random secret, which is shown once."""

    __tablename__ = "api_clients"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    authority: Mapped[str] = mapped_column(sa.Text)
    secret_digest: Mapped[bytes]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.Text)
    used_at: Mapped[datetime | None]
