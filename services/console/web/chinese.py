"""Chinese data on pages in another language is marked as Chinese, so that it is read aloud and drawn as such."""

import re
from typing import Any

from markupsafe import Markup

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def marking(language: str, value: Any) -> Markup:
    """The attribute for an element that shows `value`, where it needs one: `<td{{ marking(name) }}>`."""
    return Markup(' lang="zh-CN"') if _is_foreign(language, value) else Markup()


def marked(language: str, value: Any) -> Any:
    """`value` in an element of its own, where it needs one: `{{ name | chinese }}`, also within a sentence."""
    return Markup('<span lang="zh-CN">{}</span>').format(value) if _is_foreign(language, value) else value


def _is_foreign(language: str, value: Any) -> bool:
    return language != "zh" and HAN.search(str(value)) is not None
