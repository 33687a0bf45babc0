"""An expert reads the nominations on whose panel they sit, and no others."""

from typing import TypeAlias
from uuid import UUID

import pytest

from chassis.clock import now
from contracts.enums import Cause, NominationStatus, Role, StageName, Verdict
from contracts.events.review import NoInterestDeclared, PanelReassigned, StageConcluded, StageOpened
from services.filing.panel_seats import change_panel, keep_declaration, keep_scored, seat_panels
from tests.filing import samples
from tests.filing.conftest import Filing
from tests.filing.test_status import CASE, ID, opened

Fact: TypeAlias = StageOpened | PanelReassigned | NoInterestDeclared | StageConcluded
FIRST = opened(StageName.PANEL).model_copy(update={"experts": ("a", "b", "c")})
SECOND = FIRST.model_copy(update={"round": 2, "experts": ("a", "d", "e")})
A_BY_D = PanelReassigned(
    **CASE, stage_id=ID, stage=StageName.PANEL, round=1, authority_code=None, released=("a",), appointed=("d",),
    deadline_at=None,
)  # fmt: skip


CONCLUDED = StageConcluded(
    **CASE, stage_id=ID, stage=StageName.PANEL, round=1, authority_code=None, verdict=Verdict.APPROVED,
    cause=Cause.SCORES, opinion="", concluded_at=now(),
)  # fmt: skip
BY_SILENCE = CONCLUDED.model_copy(update={"cause": Cause.SILENCE})
RECOMMENDED = CONCLUDED.model_copy(update={"stage": StageName.RECOMMENDATION})


def declared(*experts: str, of: int = 1) -> list[NoInterestDeclared]:
    about = {**CASE, "stage_id": ID, "stage": StageName.PANEL, "round": of, "authority_code": None, "task_id": ID}
    return [NoInterestDeclared(**about, expert=expert) for expert in experts]


async def seated(filing: Filing, nomination: str, *facts: Fact) -> None:
    for told in facts:
        fact = told.model_copy(update={"nomination_id": UUID(nomination)})
        async with filing.transaction() as session:
            if isinstance(fact, NoInterestDeclared):
                await keep_declaration(session, fact)
            elif isinstance(fact, StageConcluded):
                await keep_scored(session, [fact])
            elif isinstance(fact, StageOpened):
                await seat_panels(session, [fact])
            else:
                await change_panel(session, fact)


async def readers(filing: Filing, nomination: str, *, undeclared: bool = False) -> str:
    """Who of a to e may read it, or could when they had declared."""
    found = ""
    for expert in "abcde":
        caller = filing.bearer(Role.EXPERT, expert)
        answer = await filing.client.get(f"/v1/nominations/{nomination}", headers=caller)
        assert answer.status_code == 200 or answer.json()["code"] in ("not_found", "interest_undeclared")
        found += expert if answer.status_code == (403 if undeclared else 200) else ""
    return found


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], ""),
        ([opened(StageName.RECOMMENDATION)], ""),
        ([FIRST], "abc"),
        ([FIRST, FIRST], "abc"),
        ([FIRST, A_BY_D], "bcd"),
        ([A_BY_D, FIRST], "bcd"),  # told late
        ([FIRST, A_BY_D, SECOND], "abcde"),  # appointed anew in another round
        ([SECOND, FIRST, A_BY_D], "abcde"),
    ],
)
async def test_who_sits_on_the_panel_could_read_it(filing: Filing, facts: list[Fact], expected: str) -> None:
    nomination, other = await filing.submitted(), await filing.submitted()
    await seated(filing, nomination, *facts)
    assert await readers(filing, nomination) == ""
    assert await readers(filing, nomination, undeclared=True) == expected
    assert await readers(filing, other, undeclared=True) == ""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([FIRST, *declared("a", "c")], "ac"),
        ([FIRST, *declared("a", "a")], "a"),
        ([*declared("a"), FIRST], "a"),  # told early
        ([FIRST, *declared("a"), A_BY_D], ""),
        ([FIRST, A_BY_D, *declared("a", "d")], "d"),  # told late
        ([FIRST, *declared("a", "b"), SECOND], "b"),  # who sits again declares again
        ([FIRST, *declared("a"), SECOND, *declared("a", of=2)], "a"),
        ([FIRST, SECOND, *declared("a", "b")], "b"),  # of the round before
        ([FIRST, A_BY_D, CONCLUDED], "bcd"),  # by scores, which nobody gives without
        ([FIRST, SECOND, CONCLUDED], "bc"),
        ([FIRST, BY_SILENCE], ""),
        ([FIRST, RECOMMENDED], ""),
    ],
)
async def test_who_has_declared_reads_it(filing: Filing, facts: list[Fact], expected: str) -> None:
    nomination, other = await filing.submitted(), await filing.submitted()
    await seated(filing, nomination, *facts)
    assert await readers(filing, nomination) == expected
    assert await readers(filing, other) == ""


async def test_review_alone_opens_no_dossier(filing: Filing) -> None:
    """A central enterprise's nomination begins under expert review, before there is a panel."""
    nomination = await filing.submitted(samples.central(), filing.officer)
    assert (await filing.nomination(nomination))["status"] == NominationStatus.UNDER_REVIEW
    assert await readers(filing, nomination) == ""
