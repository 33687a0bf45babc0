"""The list as rows of a table, in the reader's language."""

from collections.abc import Iterator

from contracts.authorities import authority_name
from contracts.categories import CATEGORIES, TYPES
from contracts.model import Text
from services.registry.content import ListContent, ListedEnterprise

COLUMNS: tuple[Text, ...] = (
    Text(zh="序号", en="No."),
    Text(zh="企业名称", en="Enterprise"),
    Text(zh="统一社会信用代码", en="Unified social credit code"),
    Text(zh="企业类型", en="Type"),
    Text(zh="业务类别", en="Line of business"),
    Text(zh="推荐单位", en="Recommended by"),
)


def titles(language: str) -> list[str]:
    return [column.in_language(language) for column in COLUMNS]


def table_rows(content: ListContent, language: str) -> Iterator[tuple[int, str, str, str, str, str]]:
    for entry in content.entries:
        yield (
            entry.number,
            entry.enterprise_name,
            entry.credit_code,
            TYPES[entry.enterprise_type].in_language(language),
            category_name(entry, language),
            authority_name(entry.authority_code, language),
        )


def category_name(entry: ListedEnterprise, language: str) -> str:
    """A line of business that isn't known here stays in its own word."""
    known = CATEGORIES[entry.enterprise_type].get(entry.business_category)
    return known.in_language(language) if known else entry.business_category
