"""Where the pages' addresses lead: to the largest of what there is, and the newest of what is many."""

import sqlalchemy as sa

from deploy.stack import Stack
from tests.bench.pages.databases import database_of

QUERIES = {
    "review": (
        "SELECT campaign_id AS campaign FROM cases GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        "SELECT notice_id AS notice FROM stages JOIN notices ON notices.id = notice_id"
        " WHERE notices.state = 'PUBLISHED' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        "SELECT decision_id AS decision FROM decision_entries JOIN decisions ON id = decision_id"
        " WHERE state = 'PREPARED' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        'SELECT id AS objection, nomination_id AS "case" FROM objections'
        " WHERE state = 'OPEN' ORDER BY id DESC LIMIT 1",
        "SELECT id AS task, nomination_id AS own_case, authority_code AS authority FROM tasks"
        " WHERE assignee = 'authority' AND state = 'OPEN' ORDER BY id DESC LIMIT 1",
        "SELECT expert, CAST(max(CAST(id AS text)) AS uuid) AS seat FROM tasks"
        " WHERE expert IS NOT NULL AND state = 'OPEN' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    ),
    "registry": (
        "SELECT id AS list FROM lists ORDER BY entry_count DESC LIMIT 1",
        "SELECT nomination_id AS listed_case, credit_code FROM entries WHERE state = 'PUBLISHED'"
        " ORDER BY nomination_id DESC LIMIT 1",
    ),
    "filing": (
        "SELECT id AS returned_case, credit_code AS returned_code FROM nominations WHERE status = 'returned'"
        " ORDER BY id DESC LIMIT 1",
        "SELECT scheme_code, scheme_version, year FROM campaigns ORDER BY id DESC LIMIT 1",
    ),
    "console": ("SELECT id AS account FROM accounts WHERE login = 'officer-chen'",),
}


async def find_places(stack: Stack) -> dict[str, str]:
    """By the names that addresses use, and what else says who looks: `authority`, `credit_code`, `returned_code`."""
    found = {"queue": "registry.journal"}
    for service, queries in QUERIES.items():
        async with database_of(stack, service) as database, database.transaction() as session:
            for query in queries:
                if row := (await session.execute(sa.text(query))).mappings().first():
                    found |= {name: str(value) for name, value in row.items()}
    return found
