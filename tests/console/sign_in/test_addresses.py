"""Where one may be sent on to: pages of this site."""

import pytest

from services.console.web.addresses import leading_on, local


@pytest.mark.parametrize("path", ["/", "/inbox?q=%E7%94%B2&a=1", "/inbox?q=甲", "/a//b", "/#x"])
def test_pages_of_this_site(path: str) -> None:
    assert local(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "inbox",
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test/",
        "/a\\b",
        "/\t/evil.test/",
        "/\n/evil.test",
        "/\r\nSet-Cookie: a=b",
        "/\x00",
        "/\x7f",
        "/\u2028/evil.test",
    ],
)
def test_what_would_lead_elsewhere_becomes_the_front_page(path: str) -> None:
    assert local(path) == "/"


@pytest.mark.parametrize(
    ("after", "address"),
    [("/", "/there"), ("/inbox", "/there?next=/inbox"), ("/a?b=1&c=d#e", "/there?next=/a%3Fb%3D1%26c%3Dd%23e")],
)
def test_the_page_after_is_quoted(after: str, address: str) -> None:
    assert leading_on("/there", after) == address
