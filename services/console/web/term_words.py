"""A term of a scheme in words. Pure."""

from datetime import date

from babel.dates import format_date

from contracts.scheme import Term
from services.console.web.formats import LOCALES

LEAP = 2000
UNITS = ((86400, "天", "day"), (3600, "小时", "hour"), (60, "分钟", "minute"), (1, "秒", "second"))


def term_words(term: Term, language: str) -> str:
    """`20 个工作日`, `5月15日`, `10 minutes`."""
    english = language == "en"
    if term.on is not None:
        month, day = map(int, term.on.split("-"))
        when = date(LEAP, month, day)
        return format_date(when, "d MMMM" if english else "M月d日", locale=LOCALES[language])
    if term.working_days is not None:
        return _count(term.working_days, "个工作日", "working day", english=english)
    seconds = term.seconds or 0
    size, zh, en = next((unit for unit in UNITS if seconds >= unit[0] and seconds % unit[0] == 0), UNITS[-1])
    return _count(seconds / size, zh, en, english=english)


def _count(number: float, zh: str, en: str, *, english: bool) -> str:
    return f"{number:g} {en}{'' if number == 1 else 's'}" if english else f"{number:g} {zh}"
