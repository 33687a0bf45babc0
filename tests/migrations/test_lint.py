"""Migrations are held against the rules before they are released; each rule refuses, and says how to mend it."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from tests.migrations.__main__ import all_faults
from tests.migrations.lint import Fault, faults_of
from tests.migrations.releases import RELEASES

MIGRATION = '''"""An example."""
import sqlalchemy as sa
from alembic import op
from chassis.schema import build_index, take_index_away

revision = {revision!r}
down_revision = {before!r}
{marker}

def upgrade() -> None:
    {body}
'''
BAD = {
    "ban-drop-column": 'op.drop_column("cases", "title")',
    "ban-drop-constraint": 'op.drop_constraint("ck_cases_title", "cases")',
    "ban-drop-default": 'op.alter_column("cases", "title", server_default=None)',
    "ban-drop-not-null": 'op.alter_column("cases", "title", nullable=True)',
    "ban-drop-table": 'op.drop_table("cases")',
    "renaming-column": 'op.alter_column("cases", "title", new_column_name="name")',
    "renaming-table": 'op.rename_table("cases", "files")',
    "changing-column-type": 'op.alter_column("cases", "title", type_=sa.LargeBinary())',
    "adding-not-nullable-field": 'op.alter_column("cases", "title", nullable=False)',
    "adding-required-field": 'op.add_column("cases", sa.Column("name", sa.Text, nullable=False))',
    "adding-field-with-default": (
        'op.add_column("cases", sa.Column("mark", sa.Uuid, server_default=sa.text("gen_random_uuid()")))'
    ),
    "require-concurrent-index-creation": 'op.create_index("ix_cases_title", "cases", ["title"])',
    "require-concurrent-index-deletion": 'op.drop_index("ix_cases_title", "cases")',
    "constraint-missing-not-valid": """op.create_check_constraint("some", "cases", "title <> ''")""",
    "adding-foreign-key-constraint": 'op.create_foreign_key("fk", "cases", "campaigns", ["campaign_id"], ["id"])',
    "disallowed-unique-constraint": 'op.create_unique_constraint("uq", "cases", ["title"])',
    "prefer-timestamp-tz": 'op.add_column("cases", sa.Column("at", sa.DateTime()))',
    "fill-holds-locks": (
        'op.add_column("cases", sa.Column("name", sa.Text)); op.execute("UPDATE cases SET name = title")'
    ),
    "whole-table-locked": 'op.execute("LOCK TABLE cases")',
    "own-lock-timeout": 'op.execute("SET lock_timeout = 0")',
    "not-plain-sql": 'op.get_bind().execute(sa.text("SELECT 1")).scalar_one()',
}
GOOD = (
    'op.add_column("cases", sa.Column("name", sa.Text))',
    'op.add_column("cases", sa.Column("kind", sa.Text, nullable=False, server_default="case"))',
    'op.create_table("files", sa.Column("id", sa.Uuid, primary_key=True), sa.Column("name", sa.Text, unique=True))'
    '; op.create_index("ix_files_name", "files", ["name"])',
    'op.execute("UPDATE cases SET name = title")',
    'op.execute("ALTER TABLE cases ADD CONSTRAINT named NOT NULL name NOT VALID")',
    'op.execute("ALTER TABLE cases VALIDATE CONSTRAINT named")',
    'op.create_foreign_key("fk", "cases", "campaigns", ["campaign_id"], ["id"], postgresql_not_valid=True)',
    'build_index("ix_cases_name", "cases", ["name"], unique=True)',
    'op.execute("ALTER TABLE cases ADD CONSTRAINT uq UNIQUE USING INDEX ix_cases_name")',
    'take_index_away("ix_cases_title", "cases")',
)
RELEASED = {"1.0": "0001"}


class Chain:
    """Migrations of a service that makes a table in its first release."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "versions").mkdir()
        self._count = 0
        self.add('op.create_table("cases", sa.Column("title", sa.Text)); op.execute("LOCK TABLE cases")')

    def add(self, body: str, marker: str = "") -> Path:
        self._count += 1
        before = f"{self._count - 1:04}" if self._count > 1 else None
        text = MIGRATION.format(revision=f"{self._count:04}", before=before, body=body, marker=marker)
        file = self.folder / "versions" / f"{self._count:04}_example.py"
        file.write_text(text)
        return file

    def faults(self, released: dict[str, str] = RELEASED) -> list[Fault]:
        return list(faults_of(ScriptDirectory(str(self.folder)), released))


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path)


def test_no_migration_of_ours_locks_or_breaks() -> None:
    assert list(map(str, all_faults())) == []


@pytest.mark.parametrize("rule", BAD)
def test_what_locks_or_breaks_is_refused_with_its_mend(chain: Chain, rule: str) -> None:
    file = chain.add(BAD[rule])
    faults = {fault.rule: fault for fault in chain.faults()}
    assert rule in faults
    assert faults[rule].file == file
    assert faults[rule].mend
    assert all(word in str(faults[rule]) for word in (str(file), rule, "mend: "))


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("out-of-sight", 'op.execute("DO $$ BEGIN ALTER TABLE cases DROP COLUMN title; END $$")'),
        ("out-of-sight", 'op.execute("-- squawk-ignore ban-drop-column\\nALTER TABLE cases DROP COLUMN title")'),
        ("fill-holds-locks", 'op.execute("ALTER TABLE cases ADD COLUMN n text; UPDATE cases SET n = title")'),
        ("rights-taken-away", 'op.execute("REVOKE ALL ON cases FROM app")'),
        ("rights-taken-away", 'op.execute("DROP TRIGGER wake_relay ON outbox")'),
        ("rights-taken-away", 'op.execute("ALTER TABLE cases ENABLE ROW LEVEL SECURITY")'),
        ("whole-table-locked", 'op.execute("ALTER TABLE cases SET UNLOGGED")'),
        ("whole-table-locked", 'op.execute("REFRESH MATERIALIZED VIEW sums")'),
        ("not-plain-sql", 'op.get_context().as_sql or op.drop_table("cases")'),
    ],
)
def test_what_goes_around_a_rule_is_refused_too(chain: Chain, rule: str, body: str) -> None:
    chain.add(body)
    assert rule in {fault.rule for fault in chain.faults()}


def test_what_holds_nobody_up_passes(chain: Chain) -> None:
    for body in GOOD:
        chain.add(body)
    assert chain.faults() == []


def test_what_the_first_release_began_with_is_not_checked(chain: Chain) -> None:
    assert chain.faults() == []


def test_what_no_released_code_uses_may_go(chain: Chain) -> None:
    chain.add('op.add_column("cases", sa.Column("name", sa.Text))')
    drop = BAD["ban-drop-column"]
    chain.add(drop, 'unused_since = "1.1"')
    assert [fault.rule for fault in chain.faults()] == ["ban-drop-column"], "1.1 isn't released"
    assert [fault.rule for fault in chain.faults({"1.0": "0001", "1.1": "0003"})] == ["ban-drop-column"], "with 1.1"
    assert chain.faults({"1.0": "0001", "1.1": "0002"}) == []


def test_a_marker_excuses_no_lock(chain: Chain) -> None:
    chain.add(BAD["renaming-column"], 'unused_since = "1.0"')
    assert [fault.rule for fault in chain.faults()] == ["renaming-column"]


def test_every_release_names_the_migrations_of_all_services() -> None:
    services = {frozenset(heads) for heads in RELEASES.values()}
    assert services == {frozenset({"filing", "review", "registry", "notify", "console"})}
