"""The base of all events, and the catalogue in which a type finds its class."""

from datetime import datetime
from typing import ClassVar, TypeVar

from contracts.model import Model

CATALOGUE: dict[str, type["Event"]] = {}


class Event(Model):
    """A fact. `TYPE` is its CloudEvents type and routing key; `subject` names what it is about.

    Events with the same subject are handled in the order they were recorded.
    """

    TYPE: ClassVar[str]

    @property
    def subject(self) -> str:
        raise NotImplementedError


class PersonalDataErased(Event):
    """What a rule of retention has erased of before `before`: how much, not whose."""

    rule: str
    before: datetime
    erased: int

    @property
    def subject(self) -> str:
        return f"retention/{self.rule}"


E = TypeVar("E", bound=type[Event])


def event(event_type: str) -> "_Register":
    """Class decorator: gives the event its type and enters it in the catalogue."""
    return _Register(event_type)


class _Register:
    def __init__(self, event_type: str) -> None:
        self.event_type = event_type

    def __call__(self, cls: E) -> E:
        cls.TYPE = self.event_type
        CATALOGUE[self.event_type] = cls
        return cls
