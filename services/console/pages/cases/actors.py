"""Who is credited with what happened: a person where the console knows one, else a role, else the rules. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from contracts.events import filing, registry, review
from contracts.events.base import Event
from contracts.model import Text
from services.console.accounts.names import Person
from services.console.web.words import word

FOLLOWS: tuple[type[Event], ...] = (
    filing.NominationLapsed,
    review.StageOpened,
    review.StageConcluded,
    review.StageReminded,
    review.StageEscalated,
    review.PanelReassigned,
    review.PanelShort,
    review.DeadlineMoved,
    review.CaseCancelled,
    review.NoticePublished,
    review.NoticeMoved,
    review.NoticeClosed,
    review.AuthorityReminded,
    registry.EnterpriseAdmitted,
    registry.JournalSealed,
)
BY_RULE = frozenset(kind.TYPE for kind in FOLLOWS)
"""What follows by rule from what somebody did: a stage that opens, a panel that is complete, a term that is over."""

SYSTEM = Text(zh="系统（按规则）", en="System (by rule)")
PUBLIC = Text(zh="公众", en="The public")
NOT_PEOPLE = {"system": SYSTEM, "service": SYSTEM, "public": PUBLIC}


class Actor(NamedTuple):
    """`person` is a name as the account has it, at the ministry with its department; empty where nobody is named."""

    words: str
    person: str = ""


def logins_in(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Of those whose names the timeline shows."""
    acted = (row["actor"].partition(":") for row in rows if row["type"] not in BY_RULE)
    return {subject for role, _, subject in acted if subject and role not in NOT_PEOPLE}


def actor_of(row: Mapping[str, Any], people: Mapping[str, Person], authority: str | None, language: str) -> Actor:
    """`officer:chen` is 商务部经办人 with the name of that account. Logins are no names, and are not shown.

    `authority` is that of the case: no other acts on it.
    """
    role, _, subject = row["actor"].partition(":")
    if row["type"] in BY_RULE:
        return Actor(SYSTEM.in_language(language))
    if role in NOT_PEOPLE:
        return Actor(NOT_PEOPLE[role].in_language(language))
    person = people.get(subject)
    if role != Role.AUTHORITY:
        return Actor(word("Role", role, language), _named(person, person and person.department))
    known = AUTHORITIES.get((person and person.authority) or authority or "")
    return Actor(known.name.in_language(language) if known else word("Role", role, language), _named(person))


def _named(person: Person | None, department: str | None = None) -> str:
    return " ".join(filter(None, (department, person.name))) if person else ""
