"""Dates in Chinese numerals."""

from datetime import date

import pytest

from chassis.official_dates import chinese_date, english_date


@pytest.mark.parametrize(
    ("day", "chinese"),
    [
        (date(2022, 9, 6), "二〇二二年九月六日"),
        (date(2005, 1, 1), "二〇〇五年一月一日"),
        (date(2026, 10, 10), "二〇二六年十月十日"),
        (date(2026, 11, 11), "二〇二六年十一月十一日"),
        (date(2026, 11, 25), "二〇二六年十一月二十五日"),
        (date(2030, 12, 20), "二〇三〇年十二月二十日"),
        (date(2040, 6, 30), "二〇四〇年六月三十日"),
        (date(2100, 1, 31), "二一〇〇年一月三十一日"),
    ],
)
def test_chinese(day: date, chinese: str) -> None:
    assert chinese_date(day) == chinese


def test_english() -> None:
    assert english_date(date(2022, 9, 6)) == "6 September 2022"
