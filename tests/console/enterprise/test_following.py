"""An application followed, corrected, withdrawn."""

from datetime import timedelta
from uuid import UUID

from chassis.clock import now
from contracts.activities.filing import ReturnNomination
from contracts.enums import Role, StageName
from services.console.declarations.answers import typed_in
from services.filing.return_nomination import return_nomination
from tests.console.declarations.forms import FORM
from tests.console.enterprise.conftest import Enterprise


async def returned(enterprise: Enterprise) -> str:
    filed = await enterprise.submitted()
    order = ReturnNomination(
        nomination_id=UUID(filed),
        stage=StageName.RECOMMENDATION,
        round=1,
        opinion="请核对从业人数",
        due=now() + timedelta(days=3, minutes=1),
    )
    async with enterprise.filing.transaction() as session:
        await return_nomination(session, order, now())
    return filed


def typed(enterprise: Enterprise, **changed: str) -> dict[str, str]:
    fields = {path: text for part in FORM.sections for path, text in typed_in(part, enterprise.declaration).items()}
    return fields | {"willing": "yes"} | {name.replace("__", "."): text for name, text in changed.items()}


async def test_an_application_is_followed_while_the_journal_is_away(enterprise: Enterprise) -> None:
    filed = await enterprise.submitted()
    page = await enterprise.get(f"/applications/{filed}")
    assert page.status_code == 200
    assert "Awaiting recommendation" in page.text
    assert "be shown just now. Everything else works" in page.text
    assert f"/applications/{filed}/withdrawal" in page.text
    assert f"/applications/{filed}/correction" not in page.text


async def test_another_s_application_is_not_there(enterprise: Enterprise) -> None:
    foreign = await enterprise.filing.submitted()
    for path in ("", "/receipt", "/declaration", "/correction", "/withdrawal"):
        assert (await enterprise.get(f"/applications/{foreign}{path}")).status_code == 404


async def test_a_returned_one_says_why_and_until_when(enterprise: Enterprise) -> None:
    filed = await returned(enterprise)
    page = await enterprise.get(f"/applications/{filed}")
    assert "请核对从业人数" in page.text
    assert "3 days left" in page.text
    assert f"/applications/{filed}/correction" in (await enterprise.get("/applications")).text


async def test_a_correction_is_a_new_revision_with_its_changes(enterprise: Enterprise) -> None:
    filed = await returned(enterprise)
    form = await enterprise.get(f"/applications/{filed}/correction")
    assert 'name="scale.employees" type="text" value="556"' in form.text
    sent = await enterprise.post(f"/applications/{filed}/correction", **typed(enterprise, scale__employees="600"))
    assert sent.headers["location"] == f"/applications/{filed}"
    page = await enterprise.get(f"/applications/{filed}")
    assert "Revision 2" in page.text
    assert ">556<" in page.text
    assert ">600<" in page.text
    newest = await enterprise.get(f"/applications/{filed}/declaration")
    oldest = await enterprise.get(f"/applications/{filed}/declaration?revision=1")
    assert (">600<" in newest.text, ">600<" in oldest.text) == (True, False)
    assert (await enterprise.get(f"/applications/{filed}/declaration?revision=3")).status_code == 404


async def test_a_correction_that_is_wrong_stays_as_it_was_typed(enterprise: Enterprise) -> None:
    filed = await returned(enterprise)
    changed = typed(enterprise, scale__employees="many", basics__address="")
    page = await enterprise.post(f"/applications/{filed}/correction", **changed)
    assert page.status_code == 422
    assert 'value="many"' in page.text
    assert 'id="f-scale-employees-error"' in page.text
    assert 'id="f-basics-address-error"' in page.text
    low = await enterprise.post(f"/applications/{filed}/correction", **typed(enterprise, scale__main_revenue="1"))
    assert 'id="f-scale-main_revenue-error"' in low.text


async def test_what_is_not_returned_is_not_corrected(enterprise: Enterprise) -> None:
    filed = await enterprise.submitted()
    led = await enterprise.get(f"/applications/{filed}/correction")
    assert led.headers["location"] == f"/applications/{filed}"
    sent = await enterprise.post(f"/applications/{filed}/correction", **typed(enterprise, scale__employees="600"))
    assert sent.status_code == 409


async def test_a_withdrawal_is_asked_for_twice_and_done_once(enterprise: Enterprise) -> None:
    filed = await enterprise.submitted()
    path = f"/applications/{filed}/withdrawal"
    assert (await enterprise.post(path, reason=" ")).status_code == 422
    assert (await enterprise.post(path, reason="\x01", confirmed="yes")).status_code == 422
    confirm = await enterprise.post(path, reason="经营调整")
    assert (confirm.status_code, 'name="confirmed"' in confirm.text) == (200, True)
    assert "asked to withdraw" not in (await enterprise.get(f"/applications/{filed}")).text
    for _ in range(2):
        done = await enterprise.post(path, reason="经营调整", confirmed="yes")
        assert done.headers["location"] == f"/applications/{filed}"
    page = await enterprise.get(f"/applications/{filed}")
    assert "You asked to withdraw" in page.text
    assert path not in page.text
    assert (await enterprise.get(path)).status_code == 303


async def test_an_authority_does_not_enter(enterprise: Enterprise) -> None:
    headers, _ = await enterprise.console.signed_in(Role.AUTHORITY)
    page = await enterprise.console.client.get("/applications", headers=headers)
    assert page.status_code == 403
