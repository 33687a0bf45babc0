"""Writes into the OpenAPI document who may call what."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from contracts.enums import Role

SCHEME = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


def describe(app: FastAPI, rules: Mapping[tuple[str, str], frozenset[Role]]) -> None:
    """`rules` by path and method; each operation gets `x-roles`, and `security` unless it is public."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _annotate(generate(), rules)
        return generate()

    app.openapi = openapi  # type: ignore[method-assign]


def _annotate(document: dict[str, Any], rules: Mapping[tuple[str, str], frozenset[Role]]) -> None:
    document.setdefault("components", {})["securitySchemes"] = {"bearer": SCHEME}
    for (path, method), roles in rules.items():
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["x-roles"] = sorted(roles)
            operation["security"] = [{"bearer": []}] if roles else []
