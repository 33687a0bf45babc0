"""What is searched for on a notice: in the page's address, and as review is asked."""

import pytest

from services.console.pages.public.narrowing import CENTRAL, Wanted


@pytest.mark.parametrize(
    ("wanted", "query", "address"),
    [
        (Wanted(), {}, {}),
        (Wanted("物流"), {"q": "物流"}, {"q": "物流"}),
        (Wanted(authority="410000"), {"authority": "410000"}, {"authority": "410000"}),
        (Wanted(authority=CENTRAL), {"authority": "none"}, {"authority": "central"}),
        (Wanted(enterprise_type="trading"), {"enterprise_type": "trading"}, {"type": "trading"}),
    ],
)
def test_what_is_empty_is_not_asked(wanted: Wanted, query: dict[str, str], address: dict[str, str]) -> None:
    assert (wanted.query, wanted.address) == (query, address)
