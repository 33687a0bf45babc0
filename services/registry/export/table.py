"""The list as rows of a table, in the reader's language."""

from collections.abc import Iterator

from contracts.authorities import AUTHORITIES
from contracts.enums import EnterpriseType
from contracts.model import Text
from services.registry.content import ListContent

COLUMNS: tuple[Text, ...] = (
    Text(zh="序号", en="No."),
    Text(zh="企业名称", en="Enterprise"),
    Text(zh="统一社会信用代码", en="Unified social credit code"),
    Text(zh="企业类型", en="Type"),
    Text(zh="业务类别", en="Line of business"),
    Text(zh="推荐单位", en="Recommended by"),
)
TYPES: dict[EnterpriseType, Text] = {
    EnterpriseType.TRADING: Text(zh="商贸企业", en="Trading"),
    EnterpriseType.LOGISTICS: Text(zh="物流企业", en="Logistics"),
}
CENTRAL = Text(zh="中央企业", en="Central state-owned enterprise")


def titles(language: str) -> list[str]:
    return [column.in_language(language) for column in COLUMNS]


def table_rows(content: ListContent, language: str) -> Iterator[tuple[int, str, str, str, str, str]]:
    for entry in content.entries:
        yield (
            entry.number,
            entry.enterprise_name,
            entry.credit_code,
            TYPES[entry.enterprise_type].in_language(language),
            entry.business_category,
            authority_name(entry.authority_code, language),
        )


def authority_name(code: str | None, language: str) -> str:
    """An authority that isn't known here appears by its code."""
    if code is None:
        return CENTRAL.in_language(language)
    known = AUTHORITIES.get(code)
    return known.name.in_language(language) if known else code
