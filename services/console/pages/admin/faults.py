"""What is wrong with a form of ours, by field."""

from pydantic import ValidationError

from services.console.accounts.details import faults_of
from services.console.web.visit import Visit


def messages(visit: Visit, invalid: ValidationError) -> dict[str, str]:
    """A value's place in a list is left out: all of a list is one field."""
    return {fault.field.partition(".")[0]: fault.message.in_language(visit.language) for fault in faults_of(invalid)}
