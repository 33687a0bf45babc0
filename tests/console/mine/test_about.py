"""Where a message leads, by what it is about and who reads it."""

import pytest

from contracts.enums import Role
from services.console.pages.mine.about import page_about


@pytest.mark.parametrize(
    ("subject", "role", "page"),
    [
        ("nomination/7", Role.OFFICER, "/cases/7"),
        ("nomination/7", Role.AUTHORITY, "/cases/7"),
        ("nomination/7", Role.ENTERPRISE, "/applications/7"),
        ("nomination/7", Role.EXPERT, "/cases/7"),
        ("nomination/7", Role.ADMIN, None),
        ("campaign/7", Role.DECIDER, "/campaigns/7"),
        ("campaign/7", Role.AUTHORITY, "/inbox"),
        ("campaign/7", Role.ENTERPRISE, None),
        ("notice/7", Role.AUTHORITY, "/notices/7"),
        ("list/7", Role.ENTERPRISE, "/lists/7"),
        ("decision/7", Role.DECIDER, "/decisions/7"),
        ("decision/7", Role.AUTHORITY, None),
        ("message/7", Role.OFFICER, None),
        ("journal", Role.OFFICER, None),
    ],
)
def test_pages(subject: str, role: Role, page: str | None) -> None:
    assert page_about(subject, frozenset({role})) == page
