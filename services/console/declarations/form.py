"""The form as filing answers it (`GET /v1/declarations/form`)."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from contracts.model import Model, Text
from services.console.backends import Caller

AUTHORITY_CODE, AUTHORITY_NAME = "basics.authority_code", "basics.authority_name"


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    PARAGRAPHS = "paragraphs"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    LIST = "list"


TYPED = frozenset({Kind.TEXT, Kind.PARAGRAPHS, Kind.LIST})


class Option(Model):
    """`when`: the type of enterprise with which it can be chosen; None: with any."""

    value: str
    title: Text
    when: str | None = None


class Field(Model):
    """`path` is where the value stands in a declaration: `scale.main_revenue`; a section of one field is its value."""

    path: str
    title: Text
    kind: Kind
    required: bool
    unit: Text | None = None
    hint: Text | None = None
    options: tuple[Option, ...] = ()

    @property
    def name(self) -> str:
        """Within its section."""
        return self.path.rpartition(".")[2]

    @property
    def is_wide(self) -> bool:
        """Whether it needs a row of its own."""
        return self.kind is Kind.PARAGRAPHS

    @property
    def is_chinese(self) -> bool:
        """Whether its value is what people typed, and not words that are there in both languages."""
        return self.kind in TYPED

    def choices(self, language: str, when: str | None = None) -> list[tuple[str, str]]:
        """Values and words; of those that go with one type of enterprise only, its own."""
        return [(option.value, option.title.in_language(language)) for option in self.options if option.when == when]

    @property
    def groups(self) -> list[str]:
        """The types of enterprise that have options of their own, in order."""
        return list(dict.fromkeys(option.when for option in self.options if option.when))


class Section(Model):
    name: str
    title: Text
    fields: tuple[Field, ...]

    @property
    def is_group(self) -> bool:
        return any(field.path != self.name for field in self.fields)

    def labels(self, language: str) -> dict[str, str]:
        """Titles by path; under the section's name its own."""
        titles = {field.path: field.title.in_language(language) for field in self.fields}
        return {self.name: self.title.in_language(language)} | titles


class Form(Model):
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)

    def after(self, name: str) -> Section | None:
        """None after the last."""
        names = [section.name for section in self.sections]
        following = self.sections[names.index(name) + 1 :]
        return following[0] if following else None

    def labels(self, language: str) -> dict[str, str]:
        return {path: title for section in self.sections for path, title in section.labels(language).items()}

    @property
    def fields(self) -> Iterator[Field]:
        return (field for section in self.sections for field in section.fields)

    def only(self, shown: Callable[[Field], bool]) -> "Form":
        """With the fields that are shown, and without the sections that have none."""
        narrowed = (
            section.model_copy(update={"fields": tuple(filter(shown, section.fields))}) for section in self.sections
        )
        return Form(sections=tuple(section for section in narrowed if section.fields))


def form_of(answer: Mapping[str, Any]) -> Form:
    return Form(sections=tuple(_with_one_authority(section) for section in Form.model_validate(answer).sections))


async def read_form(filing: Caller) -> Form:
    return form_of(await filing.get("/v1/declarations/form"))


def _with_one_authority(section: Section) -> Section:
    """Files give its code and its name; on pages the code is chosen by the name, and is called so."""
    fields = {field.path: field for field in section.fields}
    code, name = fields.get(AUTHORITY_CODE), fields.pop(AUTHORITY_NAME, None)
    if code and name:
        fields[AUTHORITY_CODE] = code.model_copy(update={"title": name.title})
    return section.model_copy(update={"fields": tuple(fields.values())})
