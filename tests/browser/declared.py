"""Fills in the long form, as a person would."""

from typing import Any

from playwright.async_api import Page

from tests.filing.samples import GOOD


def sections() -> list[str]:
    """In the order of the form."""
    return [*GOOD, "willing"]


async def fill_in(page: Page, section: str, *, name: str, authority: str) -> None:
    """One section of the form, with what is in order."""
    if section == "willing":  # a section of one field
        await page.check("[name=willing][value=yes]")
        return
    values: dict[str, Any] = dict(GOOD[section])
    if section == "basics":
        values |= {"name": name, "authority_code": authority}
    for key, value in values.items():
        await _put(page, f"{section}.{key}", _typed(value))


async def _put(page: Page, path: str, value: str) -> None:
    field = page.locator(f"[name='{path}']")
    kind = await field.first.evaluate("one => one.type")
    if kind == "radio":
        await page.check(f"[name='{path}'][value='{value}']")
    elif kind == "select-one":
        await field.select_option(value)
    else:
        await field.fill(value)


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(value) if isinstance(value, list) else str(value)
