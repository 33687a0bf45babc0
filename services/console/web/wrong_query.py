"""What an address asks for and nobody knows is left out: of a wrong filter it is said, a wrong cursor begins anew."""

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlencode

from fastapi import Request

from chassis.problems import FieldError, InvalidRequest, Problem
from contracts.model import Text
from services.console.backends import Refused

CURSORS = frozenset({"cursor", "approved", "struck"})
UNKNOWN = Text(zh="无法识别", en="is unknown")


class UnknownFilter(InvalidRequest):
    """An address narrows a list by words that don't exist."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(errors=[FieldError(field=name, rule="unknown", message=UNKNOWN) for name in names])


def known(asked: Mapping[str, str], words: Mapping[str, Collection[str]]) -> None:
    """`UnknownFilter` where `asked` has something else than the closed set of its name."""
    wrong = [name for name, allowed in words.items() if asked.get(name) and asked[name] not in allowed]
    if wrong:
        raise UnknownFilter(wrong)


def wrong_names(request: Request, problem: Problem) -> list[str]:
    """The names in the address that the problem is about."""
    if problem.status != 422 or request.method != "GET":
        return []
    told = problem.fields if isinstance(problem, Refused) else [error.field for error in problem.errors]
    fields = {field.partition(".")[0] for field in told}
    return [name for name in request.query_params if name in fields or f"{name}_id" in fields]


def address_without(request: Request, names: Collection[str]) -> str:
    left = [pair for pair in request.query_params.multi_items() if pair[0] not in names]
    return f"{request.url.path}?{urlencode(left)}" if left else request.url.path
