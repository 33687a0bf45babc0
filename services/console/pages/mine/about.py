"""Where a reader finds what a message is about."""

from collections.abc import Set

from contracts.enums import Role

REVIEWERS = frozenset({Role.OFFICER, Role.DECIDER, Role.AUTHORITY, Role.EXPERT})
MINISTRY = frozenset({Role.OFFICER, Role.DECIDER})
PAGES: tuple[tuple[str, frozenset[Role], str], ...] = (
    ("nomination", REVIEWERS, "/cases/{id}"),
    ("nomination", frozenset({Role.ENTERPRISE}), "/applications/{id}"),
    ("campaign", MINISTRY, "/campaigns/{id}"),
    ("campaign", frozenset({Role.AUTHORITY}), "/inbox"),
    ("notice", frozenset(Role), "/notices/{id}"),
    ("list", frozenset(Role), "/lists/{id}"),
    ("decision", MINISTRY, "/decisions/{id}"),
)
"""What it is about, for whom, on which page; the first that fits."""


def page_about(subject: str, roles: Set[Role]) -> str | None:
    """`nomination/{id}` is a case for reviewers, an application for its enterprise; None: no page of it."""
    kind, _, subject_id = subject.partition("/")
    fitting = (page for about, readers, page in PAGES if about == kind and readers & roles)
    return next((page.format(id=subject_id) for page in fitting), None)
