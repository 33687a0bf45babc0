"""What a spreadsheet program could take for a formula."""

import pytest

from services.registry.export.spreadsheets import harmless


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "\rx",
        "\nx",
        "|calc",
        "%0A",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "'=1",
        "\ufeff=1",
    ],
)
def test_dangerous(value: str) -> None:
    assert harmless(value) == f"'{value}"


@pytest.mark.parametrize(
    "value", ["河南华宏", "91410000CY2XD8E58U", "A-1", "a=b", "", 7, -7, "（中国）有限公司", "O'Neil"]
)
def test_harmless(value: str | int) -> None:
    assert harmless(value) == value
