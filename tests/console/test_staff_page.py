"""The page for staff says what the console says."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "staff.md").read_text()
SECTION = PAGE.partition("## What messages mean")[2].partition("\n## ")[0]
MESSAGES = [line.split("|")[1].strip() for line in SECTION.splitlines() if line.startswith("| ")][2:]


@pytest.fixture(scope="module")
def said() -> str:
    """All that pages and services can say."""
    files = [file for part in ("services", "chassis") for file in (ROOT / part).rglob("*.*")]
    return "\n".join(file.read_text() for file in files if file.suffix in (".py", ".html"))


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_it_explains_exists(message: str, said: str) -> None:
    assert [part for part in message.split("…") if part.strip() not in said] == []
