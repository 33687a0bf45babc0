"""The published API documents are those of the code. After a change: `.venv/bin/liaison api-docs`."""

from pathlib import Path

import pytest

from deploy.api_docs import documents, text_of

KEPT = Path(__file__).parents[2] / "docs" / "api"
CURRENT = documents()


@pytest.mark.parametrize("name", sorted(CURRENT))
def test_the_kept_document_is_current(name: str) -> None:
    assert (KEPT / name).read_text() == text_of(CURRENT[name])


def test_every_operation_says_who_may_call_it() -> None:
    for name, found in CURRENT.items():
        for path, operations in found.get("paths", {}).items():
            for method, operation in operations.items():
                assert "x-roles" in operation, f"{name}: {method} {path}"
