"""What filing found wrong with a declaration, beside the fields of its form. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from services.console.declarations.form import Field, Form, Section

MISSING = "missing"


class Finding(NamedTuple):
    """`path` is that of a field of the form, or of a section when it concerns no field."""

    path: str
    rule: str
    message: str


def findings(form: Form, errors: Iterable[Mapping[str, Any]], language: str) -> list[Finding]:
    """Of `errors` as filing answers them: `field`, `rule`, `message`; paths of a request begin with `declaration.`"""
    fields = {field.path: field for field in form.fields}
    return [_finding(fields, error, language) for error in errors]


def by_field(found: Iterable[Finding], section: Section | None = None) -> dict[str, str]:
    """One message a field, the first; of a section, or of all."""
    messages: dict[str, str] = {}
    for finding in found:
        if section is None or is_in(finding, section):
            messages.setdefault(finding.path, finding.message)
    return messages


def is_in(finding: Finding, section: Section) -> bool:
    return finding.path.partition(".")[0] == section.name


def _finding(fields: Mapping[str, Field], error: Mapping[str, Any], language: str) -> Finding:
    path = str(error["field"]).removeprefix("declaration.")
    owner, _, index = path.rpartition(".")
    if path not in fields and owner in fields and index.isdecimal():
        return Finding(owner, error["rule"], f"{int(index) + 1}. {error['message']}")
    field = fields.get(path)
    message = _without_label(field, error["message"], language) if field else error["message"]
    return Finding(path, error["rule"], message)


def _without_label(field: Field, message: str, language: str) -> str:
    """Filing names the field in front; beside the field that is said twice."""
    label = re.escape(field.title.in_language(language))
    return re.sub(rf"^{label}( ?\([^()]*\))?(：|: )", "", message)
