"""What PostgreSQL can store, for the fields and parameters that callers fill in."""

STORABLE = r"^[^\x00]*$"
"""A pattern: every character but this one."""

LARGEST_INTEGER = 2**31 - 1
LARGEST_BIGINT = 2**63 - 1
