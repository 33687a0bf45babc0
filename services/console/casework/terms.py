"""The rules that set the dates of a stage, in words. Pure."""

from datetime import datetime

from contracts.scheme import StageSpec, Term
from services.console.web.formats import SHANGHAI
from services.console.web.term_words import term_words
from services.console.web.words import word


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
