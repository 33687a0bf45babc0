"""A webhook goes to public https hosts, and nowhere else."""

from ipaddress import ip_address

import pytest

from services.notify.settings import NotifySettings
from services.notify.targets import TargetRefused, is_public, resolve

STRICT = NotifySettings()
TRIAL = NotifySettings(webhook_private_targets=True, webhook_plain_http=True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.1.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:a00:1::", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8/hook",
        "ftp://8.8.8.8/hook",
        "file:///etc/passwd",
        "8.8.8.8/hook",
        "https://",
        "https://user:secret@8.8.8.8/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
async def test_refused_targets(url: str) -> None:
    with pytest.raises((TargetRefused, OSError)):
        await resolve(url, STRICT)


async def test_the_address_to_call_is_the_one_that_was_checked() -> None:
    assert await resolve("https://8.8.8.8/hook", STRICT) == "8.8.8.8"
    assert await resolve("http://127.0.0.1:9/hook", TRIAL) == "127.0.0.1"
