"""Two people on one case, a form sent twice, the back button, and services that are away."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import expect

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


async def test_without_some_services_the_rest_still_works(people: People, stack: Stack, atlas: Atlas) -> None:
    reader, visitor, receiver = [await people.somebody(session=atlas.sessions[Who.OFFICER]) for _ in range(3)]
    with _away(stack, "registry", "notify"):
        await asyncio.gather(
            _opens(reader, f"/cases/{atlas.places['case']}", 200),
            _opens(visitor, "/lists", 503),
            _opens(receiver, "/me", 503),
        )
    shown = await reader.says()
    assert "这一部分暂时无法显示" in shown
    assert "申报材料" in shown
    for person in (visitor, receiver):
        await person.sees("其他页面可照常使用")
        person.troubles.clear()  # the browser's own word for the 503
        await person.page.reload()
        await expect(person.page.locator("main")).not_to_contain_text("其他页面可照常使用")


async def _opens(person: Person, path: str, status: int) -> None:
    person.page.set_default_timeout(30_000)
    answer = await person.go(path)
    assert answer
    assert answer.status == status, path


@contextmanager
def _away(stack: Stack, *services: str) -> Iterator[None]:
    """They hang, which is worse than to be dead."""
    running = [pid for service in services if (pid := stack.processes[service].pid)]
    for pid in running:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in running:
            os.kill(pid, signal.SIGCONT)


async def _open_first(staff: Person) -> None:
    await staff.go("/inbox")
    await staff.page.locator("[data-row]").first.click()


async def _decide(staff: Person, verdict: str, opinion: str = "") -> None:
    await staff.page.check(f"[name=verdict][value={verdict}]")
    await staff.page.fill("#f-opinion", opinion)
    await staff.page.click("text=提交并看下一件")
    await staff.page.wait_for_load_state()
