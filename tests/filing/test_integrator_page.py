"""The page for integrators names what the code does: its codes, and the events of webhooks."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import chassis
import services
from chassis.problems import Problem
from services.notify.webhook_rules import OFFERED_TYPES

PAGE = (Path(__file__).parents[2] / "docs" / "integrator.md").read_text()
ROW = re.compile(r"^\| (\d{3}) \| ([^|]+) \|", re.MULTILINE)
OF_OTHERS = {"unknown_scheme", "scheme_version_taken", "campaign_exists"}
"""What only officers meet at filing."""


def told() -> dict[str, int]:
    """Status by code."""
    return {code: int(status) for status, codes in ROW.findall(PAGE) for code in re.findall(r"`(\w+)`", codes)}


def raised() -> dict[str, type[Problem]]:
    for package in (chassis, services):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    return {kind.code: kind for kind in subclasses(Problem)}


def subclasses(kind: type[Problem]) -> list[type[Problem]]:
    return [found for child in kind.__subclasses__() for found in (child, *subclasses(child))]


def test_every_code_of_the_table_is_one_of_the_platform() -> None:
    kinds = raised()
    assert {code: kinds[code].status for code in told()} == told()


def test_every_code_of_filing_and_of_the_door_is_in_the_table() -> None:
    met = {code for code, kind in raised().items() if kind.__module__.startswith(("chassis.", "services.filing"))}
    assert met - OF_OTHERS <= set(told())


def test_every_event_of_a_webhook_is_listed() -> None:
    assert set(re.findall(r"`((?:filing|review|registry|notify)\.[a-z.]+\.v\d)`", PAGE)) == OFFERED_TYPES
