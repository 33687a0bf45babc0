"""What processes tell of themselves: health, version, clock."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest

from chassis.clock import now
from chassis.version import VERSION
from deploy.doctor.clocks import compare
from deploy.doctor.finding import State
from deploy.doctor.processes import look_at_processes
from tests.deploy.doctor.patient import NOTHING, bad


@contextmanager
def process(version: str, off: timedelta = timedelta(), lacks: str = "") -> Iterator[str]:
    """Something that tells its health as our processes do; returns its URL."""

    class Process(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            checks = json.dumps({"checks": {name: name != lacks for name in ("database", "broker")}})
            body = f'liaison_build_info{{version="{version}"}} 1.0\n' if self.path == "/metrics" else checks
            self.send_response_only(503 if lacks == "database" and self.path != "/metrics" else 200)
            self.send_header("Date", format_datetime(now() + off, usegmt=True))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Process) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("version", "off", "lacks", "expected"),
    [
        (VERSION, 0, "", {}),
        ("0.0.9", 0, "", {"version of filing": "0.0.9"}),
        (VERSION, 60, "", {"clock of filing": "s ahead of ours"}),
        (VERSION, -60, "", {"clock of filing": "s behind ours"}),
        (VERSION, 0, "broker", {"filing": "lacks broker"}),
        (VERSION, 0, "database", {"filing": "is not ready"}),
    ],
)
async def test_what_a_process_tells_of_itself(version: str, off: int, lacks: str, expected: dict[str, str]) -> None:
    with process(version, timedelta(seconds=off), lacks) as url:
        found = bad(await look_at_processes(replace(NOTHING, processes={"filing": url})))
    assert set(found) == set(expected)
    assert all(words in found[subject].what for subject, words in expected.items())


async def test_a_process_that_is_not_there() -> None:
    found = await look_at_processes(replace(NOTHING, processes={"filing": "http://127.0.0.1:1"}))
    assert [(finding.subject, finding.state) for finding in found] == [("filing", State.MISSING)]


def test_a_clock_is_compared_with_the_middle_of_the_asking() -> None:
    asked = now()
    answered = asked + timedelta(seconds=4)
    assert compare("clock", asked + timedelta(seconds=2), asked, answered).state is State.GOOD
    assert compare("clock", asked + timedelta(seconds=8), asked, answered).is_bad
