"""Passwords: argon2id, and what a new one must be like."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.problems import FieldError, InvalidRequest
from contracts.model import Text

LEAST = 12
MOST = 200
HASHER = PasswordHasher()
NOBODYS = HASHER.hash("nobody has this password")
"""Checked for logins that don't exist: their answer takes as long, so nobody learns which do."""


AT_ONCE = asyncio.Semaphore(2)
"""A hash takes a core and 64 MB for a while: a flood of guesses waits here, and not everybody else."""


async def hash_password(password: str) -> str:
    async with AT_ONCE:
        return await asyncio.to_thread(HASHER.hash, password)


async def password_matches(password_hash: str | None, password: str) -> bool:
    """Takes the same time whether or not there is a hash."""
    async with AT_ONCE:
        matches = await asyncio.to_thread(_verify, password_hash or NOBODYS, password)
    return matches and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def check_new_password(password: str, login: str, field: str = "password") -> None:
    """Length rather than kinds of characters (NIST SP 800-63B). `InvalidRequest` names the rule that is broken."""
    if not LEAST <= len(password) <= MOST:
        text = Text(zh=f"应为 {LEAST} 至 {MOST} 个字符", en=f"must be {LEAST} to {MOST} characters")
        raise InvalidRequest(errors=[FieldError(field=field, rule="password_length", message=text)])
    if login.lower() in password.lower() or len(set(password)) < 5:
        text = Text(zh="过于简单，请换一个", en="is too easy to guess")
        raise InvalidRequest(errors=[FieldError(field=field, rule="password_easy", message=text)])
