"""Dates as official documents write them."""

from datetime import date

DIGITS = "〇一二三四五六七八九"


def chinese_date(day: date) -> str:
    """`二〇二二年九月六日`."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_up_to_99(day.month)}月{_up_to_99(day.day)}日"


def english_date(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _up_to_99(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")
