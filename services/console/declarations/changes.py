"""What two revisions of a declaration differ in. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from services.console.declarations.answers import Json, value_of
from services.console.declarations.form import Field, Form


class Change(NamedTuple):
    field: Field
    before: Json
    after: Json


def changes(form: Form, before: Mapping[str, Json], after: Mapping[str, Json]) -> list[Change]:
    """Field by field, in the order of the form."""
    pairs = ((field, value_of(field, before), value_of(field, after)) for field in form.fields)
    return [Change(*pair) for pair in pairs if pair[1] != pair[2]]
