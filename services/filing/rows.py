"""Makes a declaration of a row of the paper form."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from chassis.problems import FieldError
from services.filing.columns import COLUMNS
from services.filing.declaration import Declaration
from services.filing.findings import finding, findings
from services.filing.spreadsheet import Row


def read_declaration(row: Row) -> tuple[Declaration | None, list[FieldError]]:
    """The declaration, or everything that is wrong with the row."""
    values, errors = _values(row)
    try:
        declaration = Declaration.model_validate(values)
    except ValidationError as error:
        told = {error.field for error in errors}
        found = findings(error.errors())
        return None, errors + [error for error in found if error.field not in told]
    return (None, errors) if errors else (declaration, [])


def _values(row: Row) -> tuple[dict[str, dict[str, Any]], list[FieldError]]:
    values: dict[str, dict[str, Any]] = {column.field.split(".")[0]: {} for column in COLUMNS}
    errors = []
    for column in COLUMNS:
        group, name = column.field.split(".")
        rule = row.faults.get(column.title)
        cell = row.cells.get(column.title)
        if cell is not None:
            try:
                values[group][name] = column.read(cell)
            except PydanticCustomError as error:
                rule = error.type
        if rule:
            errors.append(finding(column.field, rule))
    return values, errors
