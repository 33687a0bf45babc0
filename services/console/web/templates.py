"""Draws templates, in one language each."""

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from contracts.authorities import AUTHORITIES
from services.console.web import formats
from services.console.web.chinese import marked, marking
from services.console.web.language import worded
from services.console.web.static import static_url
from services.console.web.words import WORDS, verdict_word, word


@cache
def environment(language: str) -> Environment:
    """Undefined names are errors, and everything is escaped."""
    made = Environment(
        loader=PackageLoader("services.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=False,
    )
    made.globals["gettext"] = partial(_gettext, language)
    chosen = formats.Formats(language)
    made.filters |= {
        name: getattr(chosen, name) for name in ("day", "official_day", "moment", "number", "money", "percent")
    }
    made.filters |= {
        "machine": formats.machine,
        "case_number": formats.case_number,
        "chinese": partial(marked, language),
    }
    made.globals |= {
        "static": static_url,
        "word": lambda kind, value: word(kind, value, language),
        "verdict_word": lambda stage, verdict: verdict_word(stage, verdict, language),
        "words": lambda kind: {value: text.in_language(language) for value, text in WORDS[kind].items()},
        "authority": lambda code: authority_name(code, language),
        "authorities": {code: one.name.in_language(language) for code, one in AUTHORITIES.items()},
        "text": lambda pair: pair["en" if language == "en" else "zh"],
        "language": language,
        "marking": partial(marking, language),
    }
    return made


def authority_name(code: str | None, language: str) -> str:
    """Central state-owned enterprises have no authority but the ministry."""
    if code is None:
        return "Central enterprises" if language == "en" else "中央企业"
    known = AUTHORITIES.get(code)
    return known.name.in_language(language) if known else code


def _gettext(language: str, text: str, **values: Any) -> Markup:
    """What templates call `_`. The texts are ours, the values are escaped."""
    return Markup(worded(language, text, values)) % values  # noqa: S704


def draw(template: str, language: str, context: dict[str, Any]) -> str:
    return environment(language).get_template(template).render(context)
