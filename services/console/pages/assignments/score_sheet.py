"""The scoring sheet as it is shown. Pure: a task of review in, lines and their total out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One criterion; `points` as they were typed in."""

    code: str
    title: Mapping[str, str]
    weight: Decimal
    most: int
    points: str

    @property
    def field(self) -> str:
        """As review names it when it is wrong."""
        return f"criteria.{self.code}"

    @property
    def share(self) -> Decimal | None:
        """What it adds to the total; None while it has no points that count."""
        try:
            points = Decimal(self.points)
        except InvalidOperation:
            return None
        return self.weight * points / self.most if points.is_finite() and 0 <= points <= self.most else None


@dataclass(frozen=True)
class Sheet:
    """`kept_at` is when its draft was saved; `errors` are messages by field."""

    lines: tuple[Line, ...]
    remark: str
    kept_at: str | None
    errors: Mapping[str, str]

    @property
    def total(self) -> Decimal:
        """The weighted percentage so far, rounded as panels round it."""
        return sum((line.share or Decimal() for line in self.lines), Decimal()).quantize(CENT, ROUND_HALF_UP)

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.points == "")


def sheet_of(
    task: Mapping[str, Any], given: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Sheet:
    """With what was `given` in a form, by field; else what was scored, else the draft, else empty."""
    draft = task["draft"] or {"criteria": {}, "remark": "", "kept_at": None}
    kept = task["scores"] or draft["criteria"]
    points = {f"criteria.{code}": _plain(value) for code, value in kept.items()} if given is None else given
    remark = (task["opinion"] or draft["remark"]) if given is None else given.get("remark", "")
    return Sheet(
        lines=tuple(_line(criterion, points) for criterion in task["criteria"]),
        remark=remark,
        kept_at=draft["kept_at"],
        errors=errors or {},
    )


def _line(criterion: Mapping[str, Any], points: Mapping[str, str]) -> Line:
    return Line(
        code=criterion["code"],
        title=criterion["title"],
        weight=Decimal(criterion["weight"]),
        most=criterion["max_points"],
        points=points.get(f"criteria.{criterion['code']}", ""),
    )


def _plain(value: str | None) -> str:
    """`85.00` is typed as 85."""
    return "" if value is None else format(Decimal(value).normalize(), "f")
