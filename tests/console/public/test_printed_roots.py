"""Roots, as they are read off paper."""

import pytest

from services.console.pages.public.checks import ROOT, as_printed

VALUE = "0123456789abcdef" * 4


@pytest.mark.parametrize("typed", [VALUE, VALUE.upper(), f" {VALUE[:32]}\n{VALUE[32:]} ", " ".join(VALUE)])
def test_blanks_and_capitals_don_t_matter(typed: str) -> None:
    assert as_printed(typed) == VALUE


@pytest.mark.parametrize("typed", ["", VALUE[:-1], VALUE + "0", "g" * 64])
def test_is_no_root(typed: str) -> None:
    assert ROOT.fullmatch(as_printed(typed)) is None
