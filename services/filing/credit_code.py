"""The unified social credit code, GB 32100-2015."""

import re

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

LENGTH = 18
BEGINS_WITH_LETTER = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}")


def broken_rule(code: str) -> str | None:
    """The rule that a code breaks: `credit_code_format` or `credit_code_check`; None for a good one.

    stdnum wants a digit in the first two places. The standard gives departments letters there too (A, N, Y), so those
    codes are checked here: the same alphabet, a region of six digits, the same check character.
    """
    if code[:2].isdigit():
        return _refused_by_stdnum(code)
    if not BEGINS_WITH_LETTER.fullmatch(code):
        return "credit_code_format"
    return None if uscc.calc_check_digit(code[:-1]) == code[-1] else "credit_code_check"


def region_of(code: str) -> str:
    """Digits 3 to 8: the GB/T 2260 region of the office that registered the enterprise."""
    return code[2:8]


def _refused_by_stdnum(code: str) -> str | None:
    try:
        # stdnum drops blanks and dashes and takes small letters; a stored code has one form only.
        return None if uscc.validate(code) == code else "credit_code_format"
    except InvalidChecksum:
        return "credit_code_check"
    except ValidationError:
        return "credit_code_format"
