"""The name of an archive that nobody named: when it was begun, and what keeps two of the same second apart."""

import re
import secrets

from chassis.clock import now

SUFFIX = ".tar"
OURS = re.compile(r"liaison-\d{4}-\d{2}-\d{2}T\d{6}Z-[0-9a-f]{6}\.tar")


def new_name() -> str:
    return f"liaison-{now():%Y-%m-%dT%H%M%SZ}-{secrets.token_hex(3)}{SUFFIX}"


def is_ours(name: str) -> bool:
    return OURS.fullmatch(name) is not None
