"""An expert reads the nominations on whose panel they sit, and no others."""

from uuid import UUID

import pytest

from contracts.enums import NominationStatus, Role, StageName
from contracts.events.review import PanelReassigned, StageOpened
from services.filing.panel_seats import seat_panel
from tests.filing import samples
from tests.filing.conftest import Filing
from tests.filing.test_status import CASE, ID, opened

FIRST = opened(StageName.PANEL).model_copy(update={"experts": ("a", "b", "c")})
SECOND = FIRST.model_copy(update={"round": 2, "experts": ("a", "d", "e")})
A_BY_D = PanelReassigned(
    **CASE, stage_id=ID, stage=StageName.PANEL, round=1, authority_code=None, released=("a",), appointed=("d",),
    deadline_at=None,
)  # fmt: skip


async def seated(filing: Filing, nomination: str, *facts: StageOpened | PanelReassigned) -> None:
    for fact in facts:
        async with filing.transaction() as session:
            await seat_panel(session, fact.model_copy(update={"nomination_id": UUID(nomination)}))


async def readers(filing: Filing, nomination: str) -> str:
    """Who of a to e may read it."""
    found = ""
    for expert in "abcde":
        caller = filing.bearer(Role.EXPERT, expert)
        answer = await filing.client.get(f"/v1/nominations/{nomination}", headers=caller)
        assert answer.status_code in (200, 404)
        found += expert if answer.status_code == 200 else ""
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
async def test_who_sits_on_the_panel_reads_it(
    filing: Filing, facts: list[StageOpened | PanelReassigned], expected: str
) -> None:
    nomination, other = await filing.submitted(), await filing.submitted()
    await seated(filing, nomination, *facts)
    assert await readers(filing, nomination) == expected
    assert await readers(filing, other) == ""


async def test_review_alone_opens_no_dossier(filing: Filing) -> None:
    """A central enterprise's nomination begins under expert review, before there is a panel."""
    nomination = await filing.submitted(samples.central(), filing.officer)
    assert (await filing.nomination(nomination))["status"] == NominationStatus.UNDER_REVIEW
    assert await readers(filing, nomination) == ""
