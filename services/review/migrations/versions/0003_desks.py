"""What people at their desks need: declarations and drafts of experts, a ranking, who settled what, faster lists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)
COLUMNS: tuple[tuple[str, str, sa.types.TypeEngine], ...] = (  # type: ignore[type-arg]
    ("tasks", "no_interest_at", TIME),
    ("tasks", "draft", JSONB()),
    ("stages", "percentage", sa.Numeric(5, 2)),
    ("objections", "resolved_name", sa.Text()),
    ("objections", "resolved_department", sa.Text()),
    ("decisions", "settled_department", sa.Text()),
)
# A panel that scored has the mean, rounded half up, at the head of its opinion.
COUNT_PANELS = """
    UPDATE stages SET percentage = CAST(split_part(opinion, ' / ', 1) AS numeric)
    WHERE kind = 'panel' AND state = 'CONCLUDED' AND cause = 'scores'
"""


OPEN, SCORED = sa.text("state = 'OPEN'"), sa.text("percentage IS NOT NULL")


def upgrade() -> None:
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind))
    op.execute(COUNT_PANELS)
    op.create_index("ix_stages_standing", "stages", ["campaign_id", "name", "state", "verdict", "nomination_id"])
    op.create_index("ix_stages_ranking", "stages", ["campaign_id", "percentage", "id"], postgresql_where=SCORED)
    op.create_index("ix_tasks_desk", "tasks", ["assignee", "authority_code", "state", "due_at", "id"])
    op.create_index("ix_tasks_due", "tasks", ["due_at", "id"], postgresql_where=OPEN)
    op.drop_index("ix_tasks_open", "tasks")


def downgrade() -> None:
    op.create_index("ix_tasks_open", "tasks", ["assignee", "authority_code", "due_at", "id"], postgresql_where=OPEN)
    for name, table in (
        ("ix_tasks_due", "tasks"),
        ("ix_tasks_desk", "tasks"),
        ("ix_stages_ranking", "stages"),
        ("ix_stages_standing", "stages"),
    ):
        op.drop_index(name, table)
    for table, name, _ in COLUMNS:
        op.drop_column(table, name)
