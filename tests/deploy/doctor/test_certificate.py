"""The certificate that people's browsers are shown."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.doctor.certificate import look_at_certificate
from deploy.doctor.finding import State
from tests.deploy.doctor.certificates import certificate, shown
from tests.deploy.doctor.patient import NOTHING

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "left", "state", "words"),
    [
        (10 * DAY, 80 * DAY, State.GOOD, "79 days left"),
        (80 * DAY, 10 * DAY, State.WRONG, "ends in 9 days"),
        (90 * DAY, -DAY, State.WRONG, "ended at"),
        (2 * DAY, 4 * DAY, State.GOOD, "3 days left"),  # of those that live six days
    ],
)
async def test_the_days_that_a_certificate_has_left(
    age: timedelta, left: timedelta, state: State, words: str, tmp_path: Path
) -> None:
    async with shown(certificate(tmp_path, "localhost", age=age, left=left)) as port:
        (finding,) = await look_at_certificate(replace(NOTHING, console=f"https://localhost:{port}/"))
    assert finding.state is state
    assert words in finding.what


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    ("name", "state"), [("other.test", State.WRONG), ("*.localhost", State.WRONG), ("LOCALHOST", State.GOOD)]
)
async def test_a_certificate_of_another_name(
    name: str, state: State, trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = certificate(tmp_path, name, age=DAY, left=80 * DAY)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    async with shown(context) as port:
        (finding,) = await look_at_certificate(replace(NOTHING, console=f"https://localhost:{port}/"))
    assert finding.state is state
    assert (finding.what == "is for another name") is (state is State.WRONG)


async def test_a_certificate_that_can_not_be_seen_from_here() -> None:
    (finding,) = await look_at_certificate(replace(NOTHING, console="https://localhost:1/"))
    assert finding.state is State.UNKNOWN


async def test_without_https_there_is_no_certificate() -> None:
    assert await look_at_certificate(replace(NOTHING, console="http://localhost:1/")) == []
