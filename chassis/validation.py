"""pydantic's findings as field errors in two languages."""

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.problems import FieldError
from contracts.model import Text

DOORS = frozenset({"body", "query", "path", "header"})
WORDS: dict[str, Text] = {
    "missing": Text(zh="必填", en="is required"),
    "extra_forbidden": Text(zh="没有这个字段", en="there is no such field"),
    "string_too_short": Text(zh="至少 {min_length} 个字", en="at least {min_length} characters"),
    "string_too_long": Text(zh="至多 {max_length} 个字", en="at most {max_length} characters"),
    "string_pattern_mismatch": Text(zh="格式不对", en="has the wrong form"),
    "greater_than": Text(zh="应大于 {gt}", en="must be greater than {gt}"),
    "greater_than_equal": Text(zh="不得小于 {ge}", en="must be at least {ge}"),
    "less_than": Text(zh="应小于 {lt}", en="must be less than {lt}"),
    "less_than_equal": Text(zh="不得大于 {le}", en="must be at most {le}"),
    "too_short": Text(zh="至少 {min_length} 项", en="at least {min_length} items"),
    "too_long": Text(zh="至多 {max_length} 项", en="at most {max_length} items"),
    "enum": Text(zh="只能是 {expected}", en="must be one of {expected}"),
    "literal_error": Text(zh="只能是 {expected}", en="must be one of {expected}"),
    "json_invalid": Text(zh="不是有效的 JSON", en="is not valid JSON"),
    "decimal_max_places": Text(zh="至多 {decimal_places} 位小数", en="at most {decimal_places} decimal places"),
}
KINDS: dict[str, Text] = {
    "int": Text(zh="应为整数", en="must be a whole number"),
    "decimal": Text(zh="应为数字", en="must be a number"),
    "float": Text(zh="应为数字", en="must be a number"),
    "bool": Text(zh="应为是或否", en="must be true or false"),
    "date": Text(zh="应为日期 YYYY-MM-DD", en="must be a date YYYY-MM-DD"),
    "datetime": Text(zh="应为 ISO 8601 时间", en="must be a time in ISO 8601"),
    "uuid": Text(zh="应为 UUID", en="must be a UUID"),
    "string": Text(zh="应为文字", en="must be text"),
}


def field_errors(found: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """Field errors of pydantic's `errors()`; `rule` is pydantic's error type. The offending value is not repeated."""
    return [FieldError(field=_path(error["loc"]), rule=error["type"], message=_message(error)) for error in found]


def _path(location: Iterable[str | int]) -> str:
    parts = [str(part) for part in location]
    return ".".join(parts[1:] if parts and parts[0] in DOORS and len(parts) > 1 else parts)


def _message(error: Mapping[str, Any]) -> Text:
    kind = str(error["type"])
    text = WORDS.get(kind) or KINDS.get(kind.split("_", 1)[0])
    if text is None:
        reason = str(error["msg"]).removeprefix("Value error, ")
        return Text(zh=reason, en=reason)
    context = error.get("ctx") or {}
    return Text(zh=text.zh.format_map(context), en=text.en.format_map(context))
