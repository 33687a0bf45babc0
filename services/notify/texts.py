"""What a message says: templates in two languages. The first line of a template is the title, the rest the text."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.authorities import AUTHORITIES
from contracts.enums import StageName
from contracts.events import CATALOGUE
from contracts.model import Text

TEMPLATES = Path(__file__).parent / "templates"
CHINA = ZoneInfo("Asia/Shanghai")
STAGES = {
    StageName.RECOMMENDATION: Text(zh="地方推荐", en="local recommendation"),
    StageName.PANEL: Text(zh="专家评审", en="expert review"),
    StageName.NOTICE: Text(zh="公示", en="public notice"),
    StageName.DECISION: Text(zh="审定", en="ministry decision"),
}


class Letter(NamedTuple):
    """Plain text; the title is one line."""

    title: str
    text: str


def letter(template: str, event: dict[str, Any], language: str) -> Letter:
    """What `template` says of a CloudEvent in structured form, in `zh` or `en`. Times are those of China."""
    told = CATALOGUE[event["type"]].model_validate(event["data"])
    whole = _environment(language).get_template(f"{template}.{language}.txt").render(event=told)
    title, _, text = whole.partition("\n")
    return Letter(" ".join(title.split()), text.strip())


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, in e-mails and JSON
        trim_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters.update(
        day=lambda at: _day(at, language),
        moment=lambda at: _moment(at, language),
        stage=lambda name: STAGES[name].in_language(language),
        authority=lambda code: AUTHORITIES[code].name.in_language(language),
    )
    return environment


def _day(at: datetime, language: str) -> str:
    local = at.astimezone(CHINA)
    if language == "en":
        return f"{local.day} {local:%B %Y}"
    return f"{local.year}年{local.month}月{local.day}日"


def _moment(at: datetime, language: str) -> str:
    local = at.astimezone(CHINA)
    if language == "en":
        return f"{_day(at, language)}, {local:%H:%M} (Beijing time)"
    return f"{_day(at, language)}{local:%H:%M}"
