"""Drafts kept, scores looked over and given once."""

import re
from typing import Any

import pytest

from contracts.enums import Role
from tests.console.assignments.conftest import SCORES, Desk

GIVEN = {name.replace(".", "__"): value for name, value in SCORES.items()}


@pytest.fixture
async def sheet(desk: Desk) -> Desk:
    """Declared already."""
    await desk.post("/no-interest")
    return desk


async def test_a_draft_stays_with_its_total(sheet: Desk) -> None:
    assert (await sheet.post(criteria__scale="80", criteria__network="")).headers["location"] == sheet.page
    page = (await sheet.get()).text
    assert 'name="criteria.scale" value="80"' in page
    listed = await sheet.console.client.get("/assignments", headers=sheet.headers)
    assert "Draft kept" in listed.text


async def test_a_script_keeps_it_too_and_is_told_when_or_why_not(sheet: Desk) -> None:
    kept = await sheet.post(accept="application/json", criteria__scale="80")
    assert kept.json()["kept_at"]
    refused = await sheet.post(accept="application/json", criteria__scale="101")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "criteria.scale")


@pytest.mark.parametrize("wrong", ["101", "-1", "a lot", "1.234"])
async def test_wrong_points_are_told_beside_their_field_and_come_back(sheet: Desk, wrong: str) -> None:
    answer = await sheet.post(criteria__scale=wrong, criteria__network="5")
    assert answer.status_code == 422
    assert f'name="criteria.scale" value="{wrong}"' in answer.text
    assert 'id="f-criteria-scale-error"' in answer.text
    assert 'id="f-criteria-network-error"' not in answer.text


async def test_what_another_window_has_kept_is_shown_and_not_replaced_unasked(sheet: Desk) -> None:
    await sheet.post(criteria__scale="80", criteria__network="6")
    by_script = await sheet.post(accept="application/json", criteria__scale="70")
    assert (by_script.status_code, by_script.json()["code"]) == (409, "draft_changed")
    answer = await sheet.post(criteria__scale="70", then="confirm")
    assert answer.status_code == 409
    assert "changed in another window" in answer.text
    assert 'name="criteria.scale" value="70"' in answer.text
    assert "80 <span" in answer.text, "what the other window kept"
    assert (await sheet.post(criteria__scale="70", replaces=_seen(answer.text))).status_code == 303


async def test_missing_points_are_asked_for_before_the_confirmation(sheet: Desk) -> None:
    answer = await sheet.post(criteria__scale="80", criteria__network="", then="confirm")
    assert answer.headers["location"] == f"{sheet.page}/confirm"
    missing = await sheet.get("/confirm")
    assert missing.status_code == 422
    assert 'id="f-criteria-network-error"' in missing.text


async def test_what_was_looked_over_is_given(sheet: Desk) -> None:
    await sheet.post(**GIVEN, then="confirm")
    shown = (await sheet.get("/confirm")).text
    assert all(f'name="{name}" value="{value}"' in shown for name, value in SCORES.items())
    other = await sheet.post(criteria__scale="1", criteria__network="1", replaces=_seen((await sheet.get()).text))
    assert other.status_code == 303
    answer = await sheet.post("/confirm", **GIVEN)
    assert answer.headers["location"] == "/assignments"
    scored = (await sheet.get()).text
    assert "You have given your scores" in scored
    assert "7.5" in scored


async def test_twice_is_as_once_and_others_have_no_effect(sheet: Desk) -> None:
    for _ in range(2):
        assert (await sheet.post("/confirm", **GIVEN)).headers["location"] == "/assignments"
    late = await sheet.post("/confirm", **GIVEN | {"criteria__scale": "100"})
    assert late.headers["location"] == sheet.page
    assert "liaison_said" in late.headers["set-cookie"]
    assert "80" in (await sheet.get()).text


async def test_another_experts_seat_is_not_found(desk: Desk) -> None:
    console = desk.console
    headers, _csrf = await console.session(await console.account(Role.EXPERT, login="expert-b"))
    assert (await console.client.get(desk.page, headers=headers)).status_code == 404


async def test_progress_counts_what_is_done(sheet: Desk) -> None:
    async def listed(state: str) -> Any:
        return (await sheet.console.client.get(f"/assignments?state={state}", headers=sheet.headers)).text

    assert "0 / 1 scored" in await listed("open")
    await sheet.post("/confirm", **GIVEN)
    assert "Nothing waits" in await listed("open")
    assert sheet.page in await listed("done")


def _seen(page: str) -> str:
    """When the draft was kept that the page shows."""
    (kept_at,) = re.findall(r'name="replaces" value="([^"]+)"', page)
    return str(kept_at)
