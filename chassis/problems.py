"""Errors that a caller is told of, as RFC 9457 problem details in the caller's language."""

from collections.abc import Sequence
from typing import Any, ClassVar

from contracts.model import Model, Text


class FieldError(Model):
    """One field that broke one rule. `field` is a path (`scale.revenue`), `rule` a stable code."""

    field: str
    rule: str
    message: Text


class Problem(Exception):  # noqa: N818 - the name of the standard
    """Raise a subclass beside the service that knows it. `extra` members appear in the body as they are."""

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 400
    title: ClassVar[Text] = Text(zh="请求无法处理", en="The request can't be handled")
    retry_after: ClassVar[int | None] = None
    """Seconds after which the same request may go well."""

    def __init__(self, detail: Text | None = None, errors: Sequence[FieldError] = (), **extra: Any) -> None:
        super().__init__(f"{self.code}: {detail.en if detail else self.title.en}")
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = extra

    def body(self, language: str) -> dict[str, Any]:
        """The `application/problem+json` document."""
        body: dict[str, Any] = {
            "type": f"urn:liaison:problem:{self.code}",
            "title": self.title.in_language(language),
            "status": self.status,
            "code": self.code,
            **self.extra,
        }
        if self.detail:
            body["detail"] = self.detail.in_language(language)
        if self.errors:
            body["errors"] = [
                {"field": error.field, "rule": error.rule, "message": error.message.in_language(language)}
                for error in self.errors
            ]
        return body


class InvalidRequest(Problem):
    code = "invalid_request"
    status = 422
    title = Text(zh="填写内容有误", en="Some fields are wrong")


class NotFound(Problem):
    code = "not_found"
    status = 404
    title = Text(zh="没有找到", en="Not found")


class Forbidden(Problem):
    code = "forbidden"
    status = 403
    title = Text(zh="没有权限", en="Not allowed")


class Unauthenticated(Problem):
    code = "unauthenticated"
    status = 401
    title = Text(zh="请先登录", en="Sign in first")


class TooLarge(Problem):
    code = "too_large"
    status = 413
    title = Text(zh="内容过大", en="The body is too large")


class Unavailable(Problem):
    code = "unavailable"
    status = 503
    title = Text(zh="服务暂时不可用，请稍后再试", en="Temporarily unavailable, try again soon")
    retry_after = 2


class InternalError(Problem):
    code = "internal_error"
    status = 500
    title = Text(zh="系统出错，已记录", en="Something went wrong on our side; it was recorded")
