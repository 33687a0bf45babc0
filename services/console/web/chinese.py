"""Chinese data on pages in another language is marked as Chinese, so that it is read aloud and drawn as such."""

import re
from typing import Any

from markupsafe import Markup, escape

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
RUN = re.compile(f"[《“（]?[{HAN}](?:[{HAN}0-9、，。；：《》〔〕“”（）]*[{HAN}。》〕”）])?")
"""Chinese words with their punctuation and the numbers between them."""


def marking(language: str, value: Any) -> Markup:
    """The attribute for an element that shows `value`, where it needs one: `<td{{ marking(name) }}>`."""
    return Markup(' lang="zh-CN"') if language != "zh" and RUN.search(str(value)) else Markup()


def marked(language: str, value: Any) -> Any:
    """`value` with its Chinese in elements of its own, also within a sentence: `{{ title | chinese }}`."""
    if language == "zh" or not RUN.search(str(value)):
        return value
    return Markup(RUN.sub(r'<span lang="zh-CN">\g<0></span>', str(escape(value))))  # noqa: S704 escaped before
