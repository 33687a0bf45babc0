"""Problems speak the caller's language and name field and rule."""

from typing import Annotated

import pytest
from pydantic import BaseModel, Field, ValidationError

from chassis.problem_pages import render
from chassis.problems import FieldError, InvalidRequest, Unauthenticated
from chassis.validation import field_errors
from contracts.model import Text


class Scale(BaseModel):
    revenue: Annotated[int, Field(ge=500)]


class Form(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    scale: Scale


def errors_of(form: dict[str, object]) -> list[FieldError]:
    with pytest.raises(ValidationError) as raised:
        Form.model_validate(form)
    return field_errors(raised.value.errors())


@pytest.mark.parametrize(
    ("form", "field", "rule", "zh", "en"),
    [
        ({"scale": {"revenue": 600}}, "name", "missing", "必填", "is required"),
        ({"name": "甲", "scale": {"revenue": 600}}, "name", "string_too_short", "至少 2 个字", "at least 2 characters"),
        ({"name": "甲乙", "scale": {"revenue": 1}}, "scale.revenue",
         "greater_than_equal", "不得小于 500", "must be at least 500"),
        ({"name": "甲乙", "scale": {"revenue": "x"}}, "scale.revenue", "int_parsing",
         "应为整数", "must be a whole number"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_rule(form: dict[str, object], field: str, rule: str, zh: str, en: str) -> None:
    assert errors_of(form) == [FieldError(field=field, rule=rule, message=Text(zh=zh, en=en))]


def test_the_body_is_in_the_language_asked_for() -> None:
    problem = InvalidRequest(errors=errors_of({"scale": {"revenue": 600}}))
    assert problem.body("zh")["errors"] == [{"field": "name", "rule": "missing", "message": "必填"}]
    assert problem.body("en")["title"] == "Some fields are wrong"


def test_an_unauthenticated_answer_says_how_to_sign_in() -> None:
    answer = render(Unauthenticated(), "en-GB,en;q=0.9")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "en"
