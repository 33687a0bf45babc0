"""Filing's form, as the console reads it."""

from services.console.declarations.form import Field, Section, form_of
from services.filing.form import form as of_filing

FORM = form_of(of_filing().model_dump(mode="json"))
FIELDS: dict[str, Field] = {field.path: field for field in FORM.fields}


def section(name: str) -> Section:
    found = FORM.section(name)
    assert found
    return found
