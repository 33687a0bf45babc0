"""Digits 3 to 8 of a credit code name the registering authority; a planned city comes before its province."""

import pytest

from contracts.authorities import AUTHORITIES, registering_authority


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("110000", "110000"),
        ("110105", "110000"),
        ("210200", "210200"),
        ("210211", "210200"),
        ("210100", "210000"),
        ("330206", "330200"),
        ("350203", "350200"),
        ("370212", "370200"),
        ("440305", "440300"),
        ("440106", "440000"),
        ("660000", "660000"),
        ("710000", None),
    ],
)
def test_registering_authority(region: str, code: str | None) -> None:
    found = registering_authority(region)
    assert (found.code if found else None) == code


def test_there_are_37() -> None:
    assert len(AUTHORITIES) == 37
