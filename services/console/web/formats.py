"""Dates, times, money and lengths of time as people in either language write them. Days are days in Shanghai."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from chassis.official_dates import chinese_date, english_date

SHANGHAI = ZoneInfo("Asia/Shanghai")
DATES = {"zh": "y年M月d日", "en": "d MMM y"}
TIMES = {"zh": "y年M月d日 HH:mm", "en": "d MMM y, HH:mm"}
WEEKDAYS = {"zh": "EEE", "en": "EEE"}
# Babel looks a locale that comes by its name up among its files, for every date.
LOCALES = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}


class Formats:
    """The filters of one language. None and nothing are shown as a dash."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = LOCALES[language]

    def day(self, value: Any) -> str:
        """`2026年4月30日`, `30 Apr 2026`; of a moment, its day in Shanghai."""
        day = _day(value)
        return format_date(day, DATES[self.language], locale=self._locale) if day else "—"

    def official_day(self, value: Any) -> str:
        """As official documents write it: `二〇二六年四月三十日`, `30 April 2026`."""
        day = _day(value)
        if day is None:
            return "—"
        return english_date(day) if self.language == "en" else chinese_date(day)

    def moment(self, value: Any) -> str:
        """To the minute, in Shanghai."""
        moment = _moment(value)
        if not isinstance(moment, datetime):
            return self.day(moment)
        return format_datetime(moment, TIMES[self.language], tzinfo=SHANGHAI, locale=self._locale)

    def number(self, value: Any) -> str:
        """With its thousands apart; decimals as they are."""
        if value is None or value == "":
            return "—"
        return str(format_decimal(Decimal(str(value)), locale=self._locale, decimal_quantization=False))

    def money(self, value: Any) -> str:
        """An amount in 10,000 yuan: `62,000 万元`, `CNY 620,000,000`."""
        if value is None or value == "":
            return "—"
        if self.language == "en":
            return f"CNY {self.number((Decimal(str(value)) * 10_000).normalize().to_integral_value())}"
        return f"{self.number(value)} 万元"

    def percent(self, value: Any) -> str:
        """`87.5`, without a sign: tables say in their heading what they count."""
        return self.number(None if value is None else Decimal(str(value)).quantize(Decimal("0.01")))


def case_number(nomination_id: str) -> str:
    """The last eight digits of the id: its first are those of the time, and alike for all of one file."""
    return str(nomination_id)[-8:].upper()


def machine(value: Any) -> str:
    """For the `datetime` attribute of `<time>`."""
    moment = _moment(value)
    return moment.isoformat() if moment else ""


def _day(value: Any) -> date | None:
    moment = _moment(value)
    return moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment


def _moment(value: Any) -> datetime | date | None:
    """Of what a service answered (ISO 8601), or of what is one already."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
