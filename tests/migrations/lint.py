"""Refuses migrations that would lock tables in use, or break code of the version before."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.script import Script, ScriptDirectory

from tests.migrations.render import sql_of
from tests.migrations.rules import CONTRACTS, MENDS, NOT_OURS, OWN

POSTGRES = "18.0"
SQUAWK = Path(sys.executable).with_name("squawk")


@dataclass(frozen=True)
class Fault:
    file: Path
    rule: str
    statement: str
    why: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.rule}: {self.statement}\n    {self.why}\n    mend: {self.mend}"


def faults_of(scripts: ScriptDirectory, released: Mapping[str, str]) -> Iterator[Fault]:
    """Faults of a service's chain. `released`: version → the newest migration it has, the first release first."""
    first = next(iter(released.values()))
    for script in reversed(list(scripts.iterate_revisions("head", first))):
        yield from _faults(script, {version for version, head in released.items() if not _has(scripts, head, script)})


def _has(scripts: ScriptDirectory, head: str, script: Script) -> bool:
    return script.revision in {one.revision for one in scripts.iterate_revisions(head, "base")}


def _faults(script: Script, before: set[str]) -> Iterator[Fault]:
    """`before`: the versions that were released without this migration."""
    file = Path(script.path)
    try:
        sql = sql_of(script)
    except Exception as error:  # whatever it does with a database that isn't there
        why = f"It can't be checked without a database: {error!r}"[:300]
        yield Fault(file, "not-plain-sql", "upgrade()", why, "say it in SQL that needs no answer of the database")
        return
    if "as_sql" in file.read_text():
        why = "It does something else where it is looked at."
        yield Fault(file, "not-plain-sql", "as_sql", why, "say the same everywhere")
    if "lock_timeout" in file.read_text():
        why = "chassis.migrate sets it, and tries again."
        yield Fault(file, "own-lock-timeout", "lock_timeout", why, "leave it away")
    yield from _own(file, sql)
    for fault in _squawk(file, sql):
        if fault.rule not in CONTRACTS or not _may_contract(script, before):
            yield fault


def _may_contract(script: Script, before: set[str]) -> bool:
    """A version that no longer uses what is dropped was released before: nobody needs it while that one runs."""
    return getattr(script.module, "unused_since", None) in before


def _own(file: Path, sql: str) -> Iterator[Fault]:
    for rule in OWN:
        if (found := rule.found.search(sql)) and rule.beside.search(sql):
            yield Fault(file, rule.name, _short(found[0]), rule.why, rule.mend)


def _squawk(file: Path, sql: str) -> Iterator[Fault]:
    command = [str(SQUAWK), f"--pg-version={POSTGRES}", "--reporter=json", f"--exclude={','.join(NOT_OURS)}"]
    command += ["--stdin-filepath", str(file)]
    answer = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    if answer.returncode not in (0, 1):
        raise RuntimeError(f"squawk failed: {answer.stderr}")
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    lines = sql.splitlines()
    for one in found:
        rule, statement = one["rule_name"], " ".join(lines[one["line"] : one["line_end"] + 1])
        mend = MENDS.get(rule) or one["help"] or f"see https://squawkhq.com/docs/{rule}"
        yield Fault(file, rule, _short(statement), one["message"], mend)


def _short(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()[:120]
