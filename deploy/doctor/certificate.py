"""The console's certificate, where people reach it by HTTPS."""

import asyncio
import ssl
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from cryptography import x509

from chassis.clock import now
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, short, unknown, wrong

PATIENCE = 5
RENEW = timedelta(days=21)
"""Authorities of the world renew a month before the end; for short-lived ones a fifth of their life must be left."""

IN_CONTAINERS = ("proxy", 443)
MEND = "the proxy's log says why it was not renewed; with LIAISON_TLS=files, put a new one there"

Place = tuple[str, int]


async def look_at_certificate(deployment: Deployment) -> list[Finding]:
    url = urlsplit(deployment.console or "")
    if url.scheme != "https" or url.hostname is None:
        return []
    outside = (url.hostname, url.port or 443)
    places = (outside, IN_CONTAINERS) if deployment.prepared else (outside,)
    return [await _look(f"certificate of {url.hostname}", url.hostname, places)]


async def _look(subject: str, name: str, places: Sequence[Place]) -> Finding:
    for place in places:
        try:
            certificate = x509.load_der_x509_certificate(await _certificate(place, name))
            distrust = await _distrust(place, name)
        except (OSError, TimeoutError):
            continue
        return judge(subject, name, certificate, distrust)
    return unknown(subject, "is not reached from here", f"openssl s_client -connect {name}:443, where people are")


def judge(
    subject: str, name: str, certificate: x509.Certificate, distrust: ssl.SSLCertVerificationError | None
) -> Finding:
    """`distrust`: why this machine doesn't take it, if it doesn't. It may not know an authority that browsers know."""
    end = certificate.not_valid_after_utc
    left, life = end - now(), end - certificate.not_valid_before_utc
    if left < timedelta():
        return wrong(subject, f"ended at {end:%Y-%m-%d %H:%M} UTC", MEND)
    if left < min(RENEW, life / 5):
        return wrong(subject, f"ends in {left.days} days, at {end:%Y-%m-%d %H:%M} UTC", MEND)
    if not any(_covers(shown, name) for shown in _names(certificate)):
        return wrong(subject, "is for another name", "LIAISON_DOMAIN must be the name of the certificate")
    note = f"; this machine doesn't know who signed it ({short(distrust)})" if distrust else ""
    return good(subject, f"{left.days} days left{note}")


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        shown = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [*shown.get_values_for_type(x509.DNSName), *map(str, shown.get_values_for_type(x509.IPAddress))]


def _covers(shown: str, name: str) -> bool:
    """A star stands for one label, the first. Python's own check comes only after that of the signature."""
    first, _, rest = name.lower().partition(".")
    return shown.lower() in (f"{first}.{rest}" if rest else first, f"*.{rest}")


async def _certificate(place: Place, name: str) -> bytes:
    """As it is shown, whoever signed it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    async with asyncio.timeout(PATIENCE):
        _, writer = await asyncio.open_connection(*place, ssl=context, server_hostname=name)
    shown: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return shown


async def _distrust(place: Place, name: str) -> ssl.SSLCertVerificationError | None:
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(*place, ssl=ssl.create_default_context(), server_hostname=name)
    except ssl.SSLCertVerificationError as error:
        return error
    writer.close()
    return None
