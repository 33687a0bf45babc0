"""Chinese stands in the console's code only where it has its English, and is marked on English pages only in data."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from services.console.web.templates import environment
from tests.console.test_catalogue import CONSOLE

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))
CODE = sorted(file for area in ("pages", "casework", "declarations") for file in (CONSOLE / area).rglob("*.py"))
GETTEXT = {"_", "gettext", "ngettext"}
PAIRED = {"say", "gettext", "Text"}

CHINESE_IN_ANY_LANGUAGE = {
    ("base.html", "联"): "the emblem",
    ("base.html", "中文"): "the language switch",
    ("language.html", "中文"): "the language switch",
}
CHINESE_FILES = {
    "casework/phrases.py": "set phrases go into official Chinese",
    "casework/terms.py": "terms, with their English in the same lines",
    "pages/cases/event_words.py": "a table with both languages",
    "pages/campaigns/tile_grid.py": "a table with both languages",
    "pages/campaigns/publish_notice.py": "the title of an official notice",
}
TYPED = {
    "enterprise_name": "names",
    "name": "names",
    "person": "names",
    "called": "names",
    "settled_name": "names",
    "title": "of notices and messages, with the names in them",
    "text": "of messages, with the names in them",
    "document_number": "as 商流通函〔2026〕1号",
    "reason": "what people wrote",
    "remark": "what people wrote",
    "value": "what stands in a form's field",
    "words": "options that people wrote",
    "document": "a scheme, with both languages in it",
}


def bare_in_template(source: str) -> Iterator[str]:
    """Chinese in a template that no `_()` holds."""
    yield from _bare(environment("zh").parse(source), inside=False)


def _bare(node: nodes.Node, *, inside: bool) -> Iterator[str]:
    if isinstance(node, nodes.TemplateData):
        yield from re.findall(f"{HAN.pattern}+", node.data)
    if isinstance(node, nodes.Const) and not inside and HAN.search(str(node.value)):
        yield str(node.value)
    is_text = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT
    for child in node.iter_child_nodes():
        yield from _bare(child, inside=is_text)


def bare_in_code(source: str) -> Iterator[str]:
    """Chinese in code that is no docstring, in no `say()`, and has no English beside it."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return (text for text in _strings(tree, prose) if HAN.search(text))


def _strings(node: ast.AST, prose: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Call) and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) in PAIRED:
        return
    if isinstance(node, ast.Dict) and {"zh", "en"} <= {getattr(key, "value", None) for key in node.keys}:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _strings(child, prose)


def marked_in(source: str) -> Iterator[str]:
    """The names of what a template marks as Chinese."""
    tree = environment("zh").parse(source)
    for of in tree.find_all(nodes.Filter):
        if of.name == "chinese" and of.node:
            yield from _names(of.node)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "marking":
            yield from (name for given in call.args for name in _names(given))


def _names(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Getattr):
        return [node.attr]
    if isinstance(node, nodes.Name):
        return [node.name]
    return [name for child in node.iter_child_nodes() for name in _names(child)]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(CONSOLE / "templates")))
def test_templates_have_no_chinese_without_its_english(file: Path) -> None:
    bare = list(bare_in_template(file.read_text(encoding="utf-8")))
    assert [text for text in bare if (file.name, text) not in CHINESE_IN_ANY_LANGUAGE] == []


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(CONSOLE)))
def test_code_has_no_chinese_without_its_english(file: Path) -> None:
    if str(file.relative_to(CONSOLE)) not in CHINESE_FILES:
        assert list(bare_in_code(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(CONSOLE / "templates")))
def test_only_data_is_marked_as_chinese(file: Path) -> None:
    assert set(marked_in(file.read_text(encoding="utf-8"))) <= set(TYPED)


def test_the_named_places_are_there() -> None:
    assert set(CHINESE_FILES) <= {str(file.relative_to(CONSOLE)) for file in CODE}
    assert {name for name, _ in CHINESE_IN_ANY_LANGUAGE} <= {file.name for file in TEMPLATES}


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ('<p title="期限">{{ _("期限") }}</p>', ["期限"]),
        ('{{ _("共 %(n)s 件", n="三") }}{{ bits.badge("通过") }}', ["三", "通过"]),
        ('{{ "通过" if good else _("不予通过") }}{# 注 #}', ["通过"]),
        ('{{ _("说明" if long else "略") }}', ["说明", "略"]),
    ],
)
def test_forgotten_texts_of_templates_are_found(source: str, bare: list[str]) -> None:
    assert list(bare_in_template(source)) == bare


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ('"""说明"""\nwords = "期限"', ["期限"]),
        ('visit.say("期限")\nText(zh="期限", en="due")', []),
        ('BOTH = {"zh": "或", "en": " or "}\nONE = {"zh": "或"}', ["或"]),
        ('f"{n} 个"', [" 个"]),
    ],
)
def test_forgotten_texts_of_code_are_found(source: str, bare: list[str]) -> None:
    assert list(bare_in_code(source)) == bare


def test_what_is_marked_is_known_by_its_name() -> None:
    source = '{{ _("期限") | chinese }}{{ ("《" ~ notice.title ~ "》") | chinese }}<p{{ marking(one.rule) }}>'
    assert sorted(marked_in(source)) == ["_", "rule", "title"]
