"""Two people on one case, a form sent twice, the back button, and a service that is away."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from contracts.enums import Role
from deploy.stack import Stack
from tests.bench.pages.catalogue import Who
from tests.browser.accounts import open_account
from tests.browser.pages import Atlas
from tests.browser.people import People, Person
from tests.browser.town import TWO_AT_ONCE


async def test_the_second_is_told_who_decided_what(people: People, stack: Stack) -> None:
    colleague = await open_account(
        stack, "colleague", Role.AUTHORITY, name="钱科长", department="上海市商务委员会", authority=TWO_AT_ONCE
    )
    first, second = await people.somebody(colleague), await people.somebody(f"staff-{TWO_AT_ONCE}")
    await _open_first(first)
    await second.page.goto(first.page.url)
    await _decide(first, "APPROVED")
    await first.sees("已办理：推荐")
    await _decide(second, "REJECTED", "不具有代表性。")
    told = await second.page.inner_text(".alert.wrong")
    assert "钱科长" in told
    assert "推荐" in told
    assert "您的意见没有记录" in told


async def test_back_shows_the_case_as_it_is_now(people: People) -> None:
    staff = await people.somebody(f"staff-{TWO_AT_ONCE}")
    await _open_first(staff)
    await _decide(staff, "APPROVED")
    await staff.page.go_back()
    await staff.sees("目前没有需要您办理的事项")


async def test_a_double_click_counts_once(people: People) -> None:
    staff = await people.somebody(f"staff-{TWO_AT_ONCE}")
    await _open_first(staff)
    await staff.page.check("[name=verdict][value=APPROVED]")
    await staff.page.dblclick("text=提交并看下一件", no_wait_after=True)
    await staff.page.wait_for_selector(".said, .alert.wrong")
    assert await staff.page.locator(".alert.wrong").count() == 0


async def test_without_the_registry_the_rest_still_works(people: People, stack: Stack, atlas: Atlas) -> None:
    officer = await people.somebody(session=atlas.sessions[Who.OFFICER])
    officer.page.set_default_timeout(30_000)
    with _away(stack, "registry"):
        await officer.go(f"/cases/{atlas.places['case']}")
        shown = await officer.says()
        assert "这一部分暂时无法显示" in shown
        assert "申报材料" in shown
        answer = await officer.go("/lists")
        assert answer
        assert answer.status == 503
        await officer.sees("其他页面可照常使用")
    officer.troubles.clear()  # the browser's own word for the 503
    await officer.go("/lists")
    await officer.sees("公布名单")


@contextmanager
def _away(stack: Stack, service: str) -> Iterator[None]:
    """It hangs, which is worse than to be dead."""
    pid = stack.processes[service].pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def _open_first(staff: Person) -> None:
    await staff.go("/inbox")
    await staff.page.locator("[data-row]").first.click()


async def _decide(staff: Person, verdict: str, opinion: str = "") -> None:
    await staff.page.check(f"[name=verdict][value={verdict}]")
    await staff.page.fill("#f-opinion", opinion)
    await staff.page.click("text=提交并看下一件")
    await staff.page.wait_for_load_state()
