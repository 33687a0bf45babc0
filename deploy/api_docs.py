"""The API documents that are published: OpenAPI of every service, AsyncAPI of all events."""

import json
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chassis.auth.verify import Verifier
from chassis.bus.asyncapi import document
from chassis.db import Database
from chassis.service import Runtime, Service
from chassis.web import create_app
from deploy.stack.processes import SERVICES

FOLDER = Path("docs/api")


def documents() -> dict[str, dict[str, Any]]:
    """By file name. Nothing is connected to."""
    found = {f"{name}.openapi.json": _openapi(import_module(f"services.{name}.app").SERVICE) for name in SERVICES}
    return found | {"events.asyncapi.json": document(version("liaison"))}


def _openapi(service: Service) -> dict[str, Any]:
    settings = service.settings(_env_file=None)
    return create_app(service, Runtime(settings, Database("postgresql+asyncpg://"), Verifier(settings))).openapi()


def text_of(found: Mapping[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
