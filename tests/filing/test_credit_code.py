"""GB 32100: 18 characters, a check character, letters allowed in the first two places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.filing.credit_code import broken_rule, region_of
from tests.filing.samples import ALPHABET, with_check

CHARACTERS = st.sampled_from(ALPHABET)
BODIES = st.builds(
    lambda department, region, organisation: f"{department}{region:06}{organisation}",
    st.text(CHARACTERS, min_size=2, max_size=2),
    st.integers(0, 999_999),
    st.text(CHARACTERS, min_size=9, max_size=9),
)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("91110000600037341L", None),
        (with_check("A1110000600037341"), None),
        (with_check("N2411000MF0123456"), None),
        ("91110000600037341M", "credit_code_check"),
        ("A1110000600037341L", "credit_code_check"),
        ("9111000060003734", "credit_code_format"),
        ("9I110000600037341L", "credit_code_format"),
        ("A1110O00600037341L", "credit_code_format"),
        ("91110000600037341l", "credit_code_format"),
        ("9111 0000600037341L", "credit_code_format"),
        ("A1１10000600037341L", "credit_code_format"),
        ("", "credit_code_format"),
    ],
)
def test_rules(code: str, rule: str | None) -> None:
    assert broken_rule(code) == rule


@given(BODIES)
def test_every_code_with_its_check_character_is_good(body: str) -> None:
    assert broken_rule(with_check(body)) is None


@given(BODIES, st.integers(0, 17), CHARACTERS)
def test_one_wrong_character_is_always_found(body: str, place: int, wrong: str) -> None:
    code = with_check(body)
    spoilt = code[:place] + wrong + code[place + 1 :]
    assert (broken_rule(spoilt) is None) == (spoilt == code)


@given(st.text(max_size=20))
def test_any_text_is_answered(text: str) -> None:
    assert broken_rule(text) in (None, "credit_code_format", "credit_code_check")


def test_region() -> None:
    assert region_of("91410300CY2XD8E58U") == "410300"
