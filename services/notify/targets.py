"""Where a webhook may go. A target inside the operator's own network would let an endpoint's owner reach into it."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from services.notify.settings import NotifySettings

NAT64 = IPv6Network("64:ff9b::/96")


class TargetRefused(Exception):  # noqa: N818 - as problems are named
    """The target is not one we send to; says why, and names no address."""


def check_form(url: str, settings: NotifySettings) -> SplitResult:
    """Scheme, host and nothing that hides credentials. Raises `TargetRefused`."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if settings.webhook_plain_http else {"https"}
    if parts.scheme not in schemes:
        raise TargetRefused("only https is allowed")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise TargetRefused("the URL needs a host, and no user or password")
    return parts


async def resolve(url: str, settings: NotifySettings) -> str:
    """The address to connect to. It is used as it is, so that a second answer of the DNS can't lead elsewhere.

    Raises `TargetRefused` when any of the host's addresses is not a public one, `OSError` when it has none.
    """
    parts = check_form(url, settings)
    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not settings.webhook_private_targets and not all(map(is_public, addresses)):
        raise TargetRefused("the host is in a private network")
    return str(addresses[0])


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """An IPv6 address that stands for an IPv4 one is judged by that one too."""
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    return address.is_global and not address.is_multicast and (inner is None or is_public(inner))


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo
