"""Fills in the long form, as a person would."""

from typing import Any

from playwright.async_api import Page

from tests.filing.samples import GOOD


def sections() -> list[str]:
    """In the order of the form."""
    return [*GOOD, "willing"]


async def fill_in(page: Page, section: str, *, name: str, authority: str) -> None:
    """One section of the form, with what is in order."""
    for path, value in answers(section, name=name, authority=authority).items():
        await _put(page, path, value)


def answers(section: str, *, name: str, authority: str) -> dict[str, str]:
    """What is typed into the fields of a section, by their names."""
    if section == "willing":  # a section of one field
        return {"willing": "yes"}
    values: dict[str, Any] = dict(GOOD[section])
    if section == "basics":
        values |= {"name": name, "authority_code": authority}
    return {f"{section}.{key}": _typed(value) for key, value in values.items()}


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
