"""Every text of the console is in the English catalogue, once, and with the same values."""

import re
from collections import Counter
from importlib import resources
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

CONSOLE = Path(str(resources.files("services.console")))
VALUE = re.compile(r"%\(\w+\)s")
KEYWORDS = {"_": None, "gettext": None, "say": None}
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "extensions": "jinja2.ext.do", "silent": "false"}}


def texts() -> set[str]:
    """What templates and code mark as text for people."""
    found = extract_from_dir(CONSOLE, METHODS, OPTIONS, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found if isinstance(message, str)}


def translated() -> list[Message]:
    files = sorted((CONSOLE / "locales" / "en").glob("*.po"))
    return [message for file in files for message in read_po(BytesIO(file.read_bytes())) if message.id]


def test_every_text_has_its_english() -> None:
    english = {message.id for message in translated() if message.string and not message.fuzzy}
    assert sorted(texts() - english) == []


def test_no_english_is_left_over_or_given_twice() -> None:
    given = Counter(message.id for message in translated())
    assert sorted(set(given) - texts()) == []
    assert [text for text, times in given.items() if times > 1] == []


def test_values_are_the_same_in_both_languages() -> None:
    for message in translated():
        assert sorted(VALUE.findall(str(message.id))) == sorted(VALUE.findall(str(message.string))), message.id
