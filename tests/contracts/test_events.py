"""The JSON Schema of every event is kept; a breaking change fails here and needs a new version beside the old one.

A new optional field is no new version. After one, or for a new event: `LIAISON_KEEP_SCHEMAS=1 pytest tests/contracts`.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from contracts.events import CATALOGUE

KEPT = Path(__file__).parent / "schemas"


@pytest.mark.parametrize("event_type", sorted(CATALOGUE))
def test_the_schema_is_compatible_with_the_kept_one(event_type: str) -> None:
    current = CATALOGUE[event_type].model_json_schema(mode="serialization")
    kept = KEPT / f"{event_type}.json"
    if os.environ.get("LIAISON_KEEP_SCHEMAS"):
        kept.write_text(json.dumps(current, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    assert breaking(json.loads(kept.read_text()), current) == []


def test_no_kept_event_has_gone() -> None:
    assert {path.stem for path in KEPT.glob("*.json")} <= set(CATALOGUE)


def breaking(kept: dict[str, Any], current: dict[str, Any], path: str = "") -> list[str]:
    """What a reader of the kept schema would miss or misread in an event of the current one."""
    faults = _object_faults(kept, current, path)
    for name, definition in kept.get("$defs", {}).items():
        newer = current.get("$defs", {}).get(name)
        faults += [f"{name} has gone"] if newer is None else _object_faults(definition, newer, name)
    return faults


def _object_faults(kept: dict[str, Any], current: dict[str, Any], path: str) -> list[str]:
    faults = []
    for name, field in kept.get("properties", {}).items():
        newer = current.get("properties", {}).get(name)
        if newer is None:
            faults.append(f"{path}.{name} has gone")
        elif _shape(newer) != _shape(field):
            faults.append(f"{path}.{name} has changed")
    faults += [f"{path}.{name} is new and required" for name in _new_required(kept, current)]
    if "enum" in kept and not set(current.get("enum", [])) >= set(kept["enum"]):
        faults.append(f"{path} has lost a word")
    return faults


def _new_required(kept: dict[str, Any], current: dict[str, Any]) -> set[str]:
    return set(current.get("required", [])) - set(kept.get("required", []))


def _shape(field: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if key not in ("title", "description", "default")}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda s: s["properties"].pop("revision"), ".revision has gone"),
        (lambda s: s["properties"]["revision"].update(type="string"), ".revision has changed"),
        (lambda s: s["required"].append("extra"), ".extra is new and required"),
        (lambda s: s["$defs"]["EnterpriseType"]["enum"].pop(), "EnterpriseType has lost a word"),
    ],
)
def test_a_breaking_change_is_seen(change: Any, fault: str) -> None:
    kept = CATALOGUE["filing.nomination.submitted.v1"].model_json_schema(mode="serialization")
    changed = json.loads(json.dumps(kept))
    change(changed)
    assert fault in breaking(kept, changed)
