"""Alerts and dashboards ask for what the code tells, and each alert says what to do."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client import REGISTRY

from deploy.stack.processes import SERVICES

FOLDER = Path("deploy/observability")
PROMETHEUS = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
ALERTS: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
BOARD = json.loads((FOLDER / "grafana/dashboards/liaison.json").read_text())
QUESTIONS = {
    **{rule["alert"]: rule["expr"] for rule in ALERTS},
    **{panel["title"]: target["expr"] for panel in BOARD["panels"] for target in panel["targets"]},
}
OURS = re.compile(r"\bliaison_\w+")


def told() -> set[str]:
    """Names of all series of all processes."""
    for name in SERVICES:
        import_module(f"services.{name}.app")
    import_module("workflows.bridge")
    families = [family for family in REGISTRY.collect() if family.name.startswith("liaison_")]
    suffixes = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_count", "_sum")}
    return {family.name + suffix for family in families for suffix in suffixes[family.type]}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_can_be_read_and_asks_for_what_is_told(name: str) -> None:
    promql_parser.parse(QUESTIONS[name])
    assert set(OURS.findall(QUESTIONS[name])) <= told()


@pytest.mark.parametrize("alert", [rule["alert"] for rule in ALERTS])
def test_an_alert_has_its_lines_in_the_operators_book(alert: str) -> None:
    rule = next(rule for rule in ALERTS if rule["alert"] == alert)
    assert rule["annotations"]["runbook"] == f"docs/operator.md#{alert.lower()}"
    assert f"\n#### {alert}\n" in Path("docs/operator.md").read_text()


def test_every_process_is_asked_and_missed() -> None:
    asked = PROMETHEUS["scrape_configs"][0]["dns_sd_configs"][0]["names"]
    assert set(asked) == {*SERVICES, "workflows"}
    missed = re.findall(r'process="(\w+)"', QUESTIONS["ProcessAway"])
    assert set(missed) == set(asked)
