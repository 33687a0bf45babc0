"""Receipt numbers of objections, as people copy them."""

import re
import unicodedata

BETWEEN = re.compile(r"[\s\-‐‑–—−_.·]+")
NUMBER = re.compile(r"(OB)(\d{4})([2-9A-Z]{12})")


def receipt_number(typed: str) -> str | None:
    """`OB-2026-ABCDEFGH2345` out of `ob 2026 abcd efgh 2345`, full-width letters too; None when it can't be one."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper()
    found = NUMBER.fullmatch(plain)
    return "-".join(found.groups()) if found else None
