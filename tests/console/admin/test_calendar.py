"""A schedule is written by lines, and a year is shown as months."""

from datetime import date

import pytest

from services.console.pages.admin.calendar.months import month_names, months_of, weekday_names
from services.console.pages.admin.calendar.schedule import BadLine, Change, changes, days_in, lines_of

SPRING = {"2027-02-05": "春节", "2027-02-06": "春节", "2027-02-07": "春节"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", {}),
        ("2027-01-01 元旦", {"2027-01-01": "元旦"}),
        ("2027-01-01", {"2027-01-01": ""}),
        ("\n2027-02-05  2027-02-07 春节\n\n", SPRING),
        ("2027-01-01 New Year's Day", {"2027-01-01": "New Year's Day"}),
    ],
)
def test_lines_are_days(text: str, days: dict[str, str]) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize("line", ["元旦", "2027-13-01 元旦", "2027-02-07 2027-02-05 春节", "2027-01-01 2027-12-31 假"])
def test_what_is_no_day_is_named(line: str) -> None:
    with pytest.raises(BadLine) as bad:
        days_in(f"2027-01-01 元旦\n{line}")
    assert bad.value.line == line


def test_days_in_a_row_for_one_reason_are_one_line() -> None:
    days = {**SPRING, "2027-02-08": "补假", "2027-01-01": "元旦"}
    written = "2027-01-01 元旦\n2027-02-05 2027-02-07 春节\n2027-02-08 补假"
    assert lines_of(days) == written
    assert days_in(written) == days


def test_what_changes_is_told_day_by_day() -> None:
    new = {"2027-02-05": "春节", "2027-02-06": "除夕", "2027-02-09": "春节"}
    assert changes(SPRING, new) == [
        Change("2027-02-06", "春节", "除夕"),
        Change("2027-02-07", "春节", None),
        Change("2027-02-09", None, "春节"),
    ]


def test_every_day_of_the_year_stands_once_under_its_weekday() -> None:
    calendar = {"holidays": {"2027-01-01": "元旦"}, "make_up_days": {"2027-01-03": "元旦"}}
    months = months_of(2027, calendar)
    days = [day for month in months for week in month for day in week if day]
    assert [day.day for day in days] == [date.fromordinal(date(2027, 1, 1).toordinal() + n) for n in range(365)]
    assert all(week.index(day) == day.day.weekday() for month in months for week in month for day in week if day)
    assert [day.kind for day in days[:4]] == ["holiday", "rest", "make_up", "work"]


def test_names_are_in_the_language_of_the_page() -> None:
    assert (month_names("zh")[0], month_names("en")[11]) == ("一月", "December")
    assert (weekday_names("zh")[0], weekday_names("en")[6]) == ("周一", "Sun")
