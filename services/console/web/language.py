"""Two languages: Chinese is the text in the code, English is looked up in `locales/en/*.po`."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

from services.console.sessions.cookies import LANGUAGE

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)


def language_of(request: Request) -> str:
    """As chosen before, else as the browser prefers, else Chinese."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in LANGUAGES:
        return str(chosen)
    wanted = request.headers.get("accept-language", "").strip().lower()
    return ENGLISH if wanted.startswith("en") else CHINESE


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language: one file a part of the console, all in one."""
    if language == CHINESE:
        return NullTranslations()
    merged = Translations()
    for file in sorted((resources.files("services.console") / "locales" / language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".po"):
            merged.merge(_compiled(file.read_bytes()))
    return merged


def worded(language: str, text: str, values: Mapping[str, Any]) -> str:
    """The text in this language, its values not put in yet. `n` counts: where the catalogue has a text for one and a
    text for many, it chooses."""
    catalogue = translations(language)
    counted = catalogue.ngettext(text, text, 1 if str(values.get("n")) == "1" else 2)
    return catalogue.gettext(text) if counted == text else counted


def _compiled(po: bytes) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(po)))
    compiled.seek(0)
    return Translations(compiled)
