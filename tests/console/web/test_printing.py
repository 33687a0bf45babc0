"""One script prints, wherever a page has the button."""

from pathlib import Path

import pytest

import services.console
from services.console.web.static import files

TEMPLATES = Path(services.console.__file__).parent / "templates"
PRINTING = ("js/print.js", "js/public.js")
WITH_BUTTON = [page for page in sorted(TEMPLATES.rglob("*.html")) if "data-print" in page.read_text()]


def test_it_is_written_once() -> None:
    assert [name for name, content in files().items() if b"data-print" in content] == ["js/print.js"]
    assert b'import "./print.js"' in files()["js/public.js"]


@pytest.mark.parametrize("page", WITH_BUTTON, ids=lambda page: page.name)
def test_every_page_with_the_button_has_it(page: Path) -> None:
    assert any(f"static('{script}')" in page.read_text() for script in PRINTING)
