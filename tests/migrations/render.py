"""The SQL of a migration, as PostgreSQL gets it, without asking a database."""

from io import StringIO

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script

from chassis.migrate import LOCK_TIMEOUT


def sql_of(script: Script) -> str:
    """With the lock timeout under which `chassis.migrate` runs all of them."""
    written = StringIO()
    written.write(f"SET lock_timeout = '{LOCK_TIMEOUT}';\n")
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written, "transaction_per_migration": True}
    )
    with Operations.context(context), context.begin_transaction(_per_migration=True):
        script.module.upgrade()
    return written.getvalue()
