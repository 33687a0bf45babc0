"""The certificate that people's browsers are shown."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chassis.clock import now
from deploy.doctor.certificate import look_at_certificate
from deploy.doctor.finding import State
from tests.deploy.doctor.patient import NOTHING

DAY = timedelta(days=1)


def certificate(folder: Path, name: str, *, age: timedelta, left: timedelta) -> ssl.SSLContext:
    """Signed by itself, as a server shows it."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - age)
        .not_valid_after(now() + left)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


@asynccontextmanager
async def shown(context: ssl.SSLContext) -> AsyncIterator[int]:
    """Port of a server that shows it."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


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
