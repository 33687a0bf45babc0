"""The list as a file to keep that stands alone, printable on A4 in the layout of GB/T 9704."""

from importlib import resources
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chassis.official_dates import chinese_date, english_date
from services.registry.content import ListContent
from services.registry.export.table import table_rows, titles

SCHEME_TIME = ZoneInfo("Asia/Shanghai")
PAGES = Environment(
    loader=PackageLoader("services.registry"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
STYLE = (resources.files("services.registry") / "templates" / "list.css").read_text("utf-8")


def to_html(content: ListContent, language: str, digest: str, journal_root: str) -> str:
    """One file with its style inside; it asks for nothing over the network."""
    day = content.published_at.astimezone(SCHEME_TIME).date()
    return PAGES.get_template("list.html").render(
        style=Markup(STYLE),  # noqa: S704 - our own
        language="en" if language == "en" else "zh-CN",
        zh=language != "en",
        issuer=content.issuer.in_language(language),
        title=content.title.in_language(language),
        document_number=content.document_number,
        date=english_date(day) if language == "en" else chinese_date(day),
        columns=titles(language),
        rows=table_rows(content, language),
        count=len(content.entries),
        digest=digest,
        journal_root=journal_root,
        list_id=content.list_id,
    )
