"""A consumer without a database: subjects beside each other, the events of one in order, `Later`, a clean stop."""

import asyncio

from chassis.bus import Envelope, Later, Listener, dead_letters, declare, run_listener
from contracts.events.filing import WithdrawalRequested
from tests.chassis.bus.conftest import Publish, background
from tests.chassis.bus.samples import until, withdrawal


class Notes:
    """What a listener heard. `hold` and `fail` are marks that it waits at, or fails at."""

    def __init__(self, **options: int) -> None:
        self.heard: list[str] = []
        self.at_once = self.most_at_once = 0
        self.later: set[str] = set()
        self.failing: set[str] = set()
        self.listener = Listener("test.listener", **options)
        self.listener.on(WithdrawalRequested)(self.hear)

    async def hear(self, envelope: Envelope, event: WithdrawalRequested) -> None:
        if event.reason in self.later:
            raise Later("not yet")
        if event.reason in self.failing:
            raise ValueError("never")
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.02)
        self.at_once -= 1
        self.heard.append(event.reason)

    async def has(self, marks: list[str]) -> bool:
        return self.heard == marks


async def test_subjects_go_beside_each_other_and_each_in_order(vhost: str, publish: Publish) -> None:
    notes = Notes(concurrency=4)
    await declare([notes.listener], vhost)
    await publish(*(withdrawal(f"{subject}{number}", subject) for number in range(5) for subject in range(1, 9)))
    async with background(run_listener(notes.listener, vhost)):
        await until(lambda: _count(notes, 40))
    assert notes.most_at_once == 4
    for subject in "12345678":
        assert [mark for mark in notes.heard if mark[0] == subject] == [f"{subject}{n}" for n in range(5)]


async def _count(notes: Notes, count: int) -> bool:
    return len(notes.heard) >= count


async def test_later_holds_its_subject_only(vhost: str, publish: Publish) -> None:
    notes = Notes()
    notes.later.add("1a")
    await declare([notes.listener], vhost)
    async with background(run_listener(notes.listener, vhost)):
        await publish(withdrawal("1a", 1), withdrawal("1b", 1), withdrawal("2a", 2))
        await until(lambda: notes.has(["2a"]))
        notes.later.clear()
        await until(lambda: notes.has(["2a", "1a", "1b"]))
    assert await dead_letters.look(vhost, "test.listener") == []


async def test_what_always_fails_becomes_a_dead_letter_and_the_next_goes_on(vhost: str, publish: Publish) -> None:
    notes = Notes()
    notes.failing.add("1a")
    await declare([notes.listener], vhost)
    async with background(run_listener(notes.listener, vhost)):
        await publish(withdrawal("1a", 1), withdrawal("1b", 1))
        await until(lambda: notes.has(["1b"]))
    [letter] = await dead_letters.look(vhost, "test.listener")
    assert letter.reason == "failed 6 times: ValueError: never"


async def test_what_is_not_handled_yet_comes_again(vhost: str, publish: Publish) -> None:
    notes = Notes()
    notes.later.add("1a")
    await declare([notes.listener], vhost)
    await publish(withdrawal("1a", 1), withdrawal("2a", 2))
    async with background(run_listener(notes.listener, vhost)):
        await until(lambda: notes.has(["2a"]))
    notes.later.clear()
    async with background(run_listener(notes.listener, vhost)):
        await until(lambda: notes.has(["2a", "1a"]))
