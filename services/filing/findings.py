"""What is wrong with a declaration, as field errors that name the field by its label on the form."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from chassis.problems import FieldError
from chassis.validation import field_errors
from contracts.model import Text
from services.filing.columns import LABELS

OWN_RULES: dict[str, Text] = {
    "credit_code_format": Text(
        zh="应为 18 位统一社会信用代码（GB 32100）",
        en="must be a unified social credit code of 18 characters (GB 32100)",
    ),
    "credit_code_check": Text(zh="校验位不正确", en="the check character is wrong"),
    "unknown_authority": Text(zh="不是 37 个推荐单位之一", en="is none of the 37 authorities"),
    "authority_name": Text(zh="与推荐单位代码不一致", en="is not the name of the authority with this code"),
    "category_of_type": Text(zh="与企业类型不符", en="does not belong to this type of enterprise"),
    "formula": Text(
        zh="不能是公式，请粘贴为数值", en="must not be a formula without a stored value: paste it as a value"
    ),
    "finite_number": Text(zh="应为数字", en="must be a number"),
    "cell_error": Text(zh="单元格有错误值", en="the cell holds an error value"),
    "control_characters": Text(zh="含有控制字符", en="has control characters in it"),
    "not_yes_or_no": Text(zh="应为“是”或“否”", en="must be 是 or 否"),
    "not_a_whole_number": Text(zh="应为整数", en="must be a whole number"),
    "unknown_type": Text(zh="应为“商贸企业”或“物流企业”", en="must be 商贸企业 or 物流企业"),
    "central_without_authority": Text(
        zh="中央企业直接向商务部申报，不填推荐单位", en="a central state-owned enterprise applies without an authority"
    ),
    "no_registering_authority": Text(
        zh="第 3 至 8 位不对应任何推荐单位", en="characters 3 to 8 name the region of no authority"
    ),
    "registering_authority": Text(
        zh="推荐单位不是企业的登记地单位", en="is not the authority where the enterprise is registered"
    ),
    "foreign_authority": Text(
        zh="不是在本单位登记的企业", en="the enterprise is registered with another authority than yours"
    ),
    "own_credit_code": Text(zh="只能为本企业申报", en="an enterprise applies for itself only"),
    "central_only": Text(
        zh="地方企业由登记地单位推荐", en="an enterprise that is not central applies to its own authority"
    ),
    "already_nominated": Text(
        zh="该企业在本次申报中已有一份申报", en="this enterprise has applied in this campaign already"
    ),
    "twice_in_file": Text(zh="同一文件中重复", en="occurs twice in this file"),
    "not_storable": Text(zh="含有无法保存的字符或数字", en="has characters or numbers in it that can't be kept"),
    "too_long_to_keep": Text(zh="内容过长", en="is too long to be kept"),
    "unchangeable": Text(zh="补正时不能修改", en="can't be changed by a correction"),
}


def broken(rule: str) -> PydanticCustomError:
    """The error that a validator raises for one of our own rules."""
    return PydanticCustomError(rule, OWN_RULES[rule].en)


def in_request(errors: Iterable[FieldError]) -> list[FieldError]:
    """The same errors, with the fields' paths as they are in a request to the API."""
    return [error.model_copy(update={"field": f"declaration.{error.field}"}) for error in errors]


def finding(field: str, rule: str) -> FieldError:
    return FieldError(field=field, rule=rule, message=_named(field, OWN_RULES[rule]))


def findings(errors: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """pydantic's errors in two languages, each with the label of its field."""
    return [
        FieldError(field=error.field, rule=error.rule, message=_named(error.field, _text(error)))
        for error in field_errors(errors)
    ]


def _text(error: FieldError) -> Text:
    return OWN_RULES.get(error.rule, error.message)


def _named(field: str, message: Text) -> Text:
    label = LABELS.get(field.removeprefix("declaration."))
    if label is None:
        return message
    return Text(zh=f"{label.zh}：{message.zh}", en=f"{label.en}: {message.en}")
