"""Every text of the console is in the English catalogue, once, and with the same values."""

import re
from collections import Counter
from importlib import resources
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from services.console.web.language import worded
from services.console.web.templates import environment

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


def text_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def english_of(message: Message) -> tuple[str, ...]:
    """One, or the one for one and the one for many."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_every_text_has_its_english() -> None:
    english = {text_of(message) for message in translated() if all(english_of(message)) and not message.fuzzy}
    assert sorted(texts() - english) == []


def test_no_english_is_left_over_or_given_twice() -> None:
    given = Counter(text_of(message) for message in translated())
    assert sorted(set(given) - texts()) == []
    assert [text for text, times in given.items() if times > 1] == []


def test_values_are_the_same_in_both_languages() -> None:
    """But that a text for one may leave the number out."""
    for message in translated():
        asked = sorted(VALUE.findall(text_of(message)))
        *one, many = english_of(message)
        assert sorted(VALUE.findall(many)) == asked, message.id
        for text in one:
            assert set(asked) - {"%(n)s"} <= set(VALUE.findall(text)) <= set(asked), message.id


def test_one_and_many_have_texts_of_their_own() -> None:
    left = "剩 %(n)s 个工作日"
    assert [worded("en", left, {"n": n}) % {"n": n} for n in (0, 1, "1", 2)] == [
        "0 working days left",
        "1 working day left",
        "1 working day left",
        "2 working days left",
    ]
    assert worded("zh", left, {"n": 1}) == left
    assert worded("en", "待办", {}) == "Inbox"
    page = environment("en").from_string(
        '{{ _("剩 %(n)s 个工作日", n=n) }} {{ _("%(who)s 已于 %(when)s 办结。", who="<b>", when=1) }}'
    )
    assert str(page.render(n=1)).startswith("1 working day left &lt;b&gt;")
