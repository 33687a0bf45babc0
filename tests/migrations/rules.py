"""What a migration must not do while code of the version before runs: squawk's rules, and some it doesn't have.

squawk's are described at https://squawkhq.com/docs/rules.
"""

import re
from dataclasses import dataclass

NOT_OURS = (
    "prefer-bigint-over-int",  # counts of rounds and versions stay small
    "prefer-robust-stmts",  # a migration is one transaction, and `build_index` replaces what it left
    "require-statement-timeout",  # building an index or validating takes its time, and holds nobody up
)

CONTRACTS = frozenset(
    {
        "ban-drop-column",
        "ban-drop-constraint",
        "ban-drop-default",
        "ban-drop-not-null",
        "ban-drop-table",
        "ban-drop-view",
    }
)
"""What may be done when no code uses it any more, and the migration says since when."""

CONTRACT = 'take it away a release after the code stopped using it, and say with which: unused_since = "0.2.0"'
EXPAND = "add a new one beside it, let the code write both, move it over, and contract in a later release"
MENDS = {
    **dict.fromkeys(CONTRACTS, CONTRACT),
    "adding-field-with-default": "add it nullable without a default, and fill it in a migration of its own",
    "adding-foreign-key-constraint": "postgresql_not_valid=True, and VALIDATE CONSTRAINT in a migration after it",
    "adding-not-nullable-field": "ADD CONSTRAINT … NOT NULL … NOT VALID, VALIDATE CONSTRAINT in a migration after it",
    "adding-required-field": "make it nullable, or give it a constant server_default: code of before doesn't fill it",
    "changing-column-type": EXPAND,
    "constraint-missing-not-valid": "postgresql_not_valid=True, and VALIDATE CONSTRAINT in a migration after it",
    "disallowed-unique-constraint": "build_index(…, unique=True), then ADD CONSTRAINT … UNIQUE USING INDEX",
    "renaming-column": EXPAND,
    "renaming-table": EXPAND,
    "require-concurrent-index-creation": "chassis.schema.build_index, in a migration of its own",
    "require-concurrent-index-deletion": "chassis.schema.take_index_away, in a migration of its own",
}
"""How it is done here; for other rules squawk's own help is good enough."""


@dataclass(frozen=True)
class Rule:
    """Broken where `found` is in the SQL, and `beside` too."""

    name: str
    found: re.Pattern[str]
    why: str
    mend: str
    beside: re.Pattern[str] = re.compile("")


def _statement(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|;)\s*(?:{words})\b.*", re.IGNORECASE | re.MULTILINE)


OWN = (
    Rule(
        "fill-holds-locks",
        _statement(r"UPDATE|DELETE|MERGE|INSERT|WITH"),
        "Locks of the change are held until all rows are written: nobody reads or writes the table meanwhile.",
        "change the table in one migration, and write its rows in the next",
        beside=_statement(r"ALTER\s+TABLE|CREATE\s+(?:CONSTRAINT\s+)?TRIGGER"),
    ),
    Rule(
        "whole-table-locked",
        _statement(
            r"LOCK|TRUNCATE|CLUSTER|VACUUM\s*(?:\(.*FULL.*\)|FULL)|REFRESH\s+MATERIALIZED\s+VIEW(?!\s+CONCURRENTLY)"
            r"|ALTER\s+TABLE\s+\S+\s+SET\s+(?:UN)?LOGGED"
        ),
        "Nobody reads or writes the table meanwhile.",
        "leave it away, or do it in the code, a few rows at a time",
    ),
    Rule(
        "rights-taken-away",
        _statement(r"REVOKE|DROP\s+TRIGGER|ALTER\s+TABLE\s+\S+\s+(?:ENABLE|FORCE)\s+ROW\s+LEVEL\s+SECURITY"),
        "Code of the version before does what it may no longer do, or waits for what no longer comes.",
        EXPAND,
    ),
    Rule(
        "out-of-sight",
        re.compile(r"(?:^|;)\s*DO\b.*|.*squawk-ignore.*", re.IGNORECASE | re.MULTILINE),
        "What stands there is not looked at.",
        "say it in plain statements, and let them be looked at",
    ),
)
