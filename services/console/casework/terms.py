"""The scheme's terms in words. Pure."""

from datetime import date, datetime

from babel.dates import format_date

from contracts.scheme import StageSpec, Term
from services.console.web.formats import LOCALES, SHANGHAI
from services.console.web.words import word

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


def rule_words(spec: StageSpec, language: str, due: str | None = None) -> str | None:
    """The rule that sets the dates of a stage: its term and what silence means, or how long a notice runs.

    `due` is the date it has set: a date of the year that had passed when the stage opened set another.
    """
    english = language == "en"
    if spec.period is not None:
        length = term_words(spec.period, language)
        return f"public for {length}" if english else f"公示期 {length}"
    if spec.deadline is None:
        return None
    length = term_words(spec.deadline, language)
    silence = word("OnSilence", spec.on_silence, language)
    if spec.deadline.on is None:
        return f"{length}; silence {silence}" if english else f"限 {length}，{silence}"
    if due and f"{datetime.fromisoformat(due).astimezone(SHANGHAI):%m-%d}" != spec.deadline.on:
        return f"{length} had passed; silence {silence}" if english else f"{length}已过，另行起算；{silence}"
    return f"due by {length}; silence {silence}" if english else f"截至 {length}，{silence}"


def correction_words(term: Term, language: str) -> str:
    """The rule that sets until when a returned case is to be corrected."""
    length = term_words(term, language)
    return f"to be corrected within {length}" if language == "en" else f"{length}内补正"


def _count(number: float, zh: str, en: str, *, english: bool) -> str:
    return f"{number:g} {en}{'' if number == 1 else 's'}" if english else f"{number:g} {zh}"
