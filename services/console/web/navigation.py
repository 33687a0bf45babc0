"""The main navigation: where each role can go."""

from dataclasses import dataclass

from chassis.auth.principal import Principal
from contracts.enums import Role
from contracts.model import Text

STAFF = frozenset({Role.OFFICER, Role.AUTHORITY})
MINISTRY = frozenset({Role.OFFICER, Role.DECIDER})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Entry:
    """`live` is the count beside it that changes while the page is open, `count` one that is as when it was drawn."""

    path: str
    title: Text
    roles: frozenset[Role] | None
    """None: for the public too."""
    live: str | None = None
    count: str | None = None


ENTRIES = (
    Entry("/inbox", Text(zh="待办", en="Inbox"), STAFF, live="open"),
    Entry("/assignments", Text(zh="评审任务", en="Assignments"), frozenset({Role.EXPERT}), live="open"),
    Entry("/campaigns", Text(zh="申报批次", en="Campaigns"), MINISTRY),
    Entry("/objections", Text(zh="异议", en="Objections"), MINISTRY, count="objections"),
    Entry("/decisions", Text(zh="决定", en="Decisions"), MINISTRY, count="decisions"),
    Entry("/applications", Text(zh="我的申报", en="My applications"), frozenset({Role.ENTERPRISE})),
    Entry("/admin", Text(zh="系统管理", en="Administration"), frozenset({Role.ADMIN, Role.OFFICER})),
    Entry("/notices", Text(zh="公示", en="Notices"), None),
    Entry("/lists", Text(zh="公布名单", en="Published lists"), None),
    Entry("/enterprises", Text(zh="查询企业", en="Enterprises"), None),
)

HOMES = (
    (STAFF, "/inbox"),
    (frozenset({Role.EXPERT}), "/assignments"),
    (frozenset({Role.DECIDER}), "/decisions"),
    (frozenset({Role.ENTERPRISE}), "/applications"),
    (frozenset({Role.ADMIN}), "/admin"),
)


def entries_for(me: Principal | None) -> list[Entry]:
    return [entry for entry in ENTRIES if entry.roles is None or (me is not None and me.has(*entry.roles))]


def home_of(me: Principal) -> str:
    """Where a person's work waits."""
    return next((path for roles, path in HOMES if me.has(*roles)), "/me")
