"""The parts of a form as data: whoever draws it needs to know no rule besides."""

from enum import StrEnum

from contracts.enums import EnterpriseType
from contracts.model import Model, Text


class Kind(StrEnum):
    """How a field is filled in. `MONEY` is in units of 10,000 yuan; it and `NUMBER` are decimals, sent as text."""

    TEXT = "text"
    PARAGRAPHS = "paragraphs"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    LIST = "list"


class Option(Model):
    """`when`: the value of `basics.enterprise_type` with which it can be chosen; None: with any."""

    value: str
    title: Text
    when: EnterpriseType | None = None


class Limits(Model):
    """What a value must keep to. Of a list, `max_items` is how many, and the others are of each item."""

    ge: int | None = None
    le: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    max_digits: int | None = None
    decimal_places: int | None = None
    max_items: int | None = None


class Field(Model):
    """`path` is where the value stands in a declaration. `unit.en` is empty where English needs none."""

    path: str
    title: Text
    kind: Kind
    required: bool
    unit: Text | None
    hint: Text | None
    options: tuple[Option, ...]
    limits: Limits


class Section(Model):
    name: str
    title: Text
    fields: tuple[Field, ...]


class Form(Model):
    sections: tuple[Section, ...]
