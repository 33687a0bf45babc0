"""Guessing at many accounts, or at many clients, from one address."""

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic

import structlog

from chassis.problems import Problem
from contracts.model import Text
from services.console.accounts.lock import Limits

MOST = 10_000
"""Addresses remembered at once; those of before are forgotten."""
HOME = 64
"""Bits of an IPv6 address that its holder can't choose."""
log = structlog.get_logger("sign_in")


class TooManyGuesses(Problem):
    code = "too_many_guesses"
    status = 429
    title = Text(
        zh="来自您所在网络的失败尝试过多，请稍后再试",
        en="Too many failed attempts came from your network: try again later",
    )


class Guesses:
    """Failures by address, counted in this process: a second one counts for itself. `clock` counts seconds.

    Successes take nothing back: an office behind one address has its mistakes, who guesses has nothing else.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = monotonic) -> None:
        self._limits, self._clock = limits, clock
        self._failures: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """`TooManyGuesses` while it has failed so often within so long."""
        times = self._failures.get(_source(address), deque())
        oldest = self._clock() - self._limits.lock.total_seconds()
        while times and times[0] <= oldest:
            times.popleft()
        if len(times) >= self._limits.attempts:
            log.warning("address_refused", address=address)
            raise TooManyGuesses

    def count(self, address: str) -> None:
        source = _source(address)
        times = self._failures.pop(source, deque(maxlen=self._limits.attempts))
        times.append(self._clock())
        self._failures[source] = times
        if len(self._failures) > MOST:
            del self._failures[next(iter(self._failures))]


def _source(address: str) -> str:
    """Who has an IPv6 address has 2^64 of them: they count as one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, HOME), strict=False)) if isinstance(parsed, IPv6Address) else address
