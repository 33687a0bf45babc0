"""Every page is measured by the bench."""

from tests.bench.pages.routes import unmeasured


def test_no_page_is_left_out() -> None:
    assert unmeasured() == set()
