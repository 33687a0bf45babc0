"""The files of a list, made once: a published list never changes."""

from asyncio import to_thread
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.kept import Kept
from services.registry.content import ListContent
from services.registry.export.document import to_html
from services.registry.export.spreadsheets import to_csv, to_xlsx
from services.registry.models import PublishedList
from services.registry.queries import content_of


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"


Key: TypeAlias = tuple[UUID, str, str, Format, str]
FILES: Kept[Key, bytes] = Kept(12)
"""A document of 6,500 enterprises has 1.4 MB."""


async def file_of(session: AsyncSession, published: PublishedList, wanted: Format, language: str) -> bytes:
    """By the list's digest and root, which are printed on it. Made in a thread: it would keep everybody waiting."""
    digest, root = published.digest, published.journal_root

    async def make() -> bytes:
        text = await content_of(session, published.id)
        return await to_thread(_make, text, wanted, language, digest, root)

    return await FILES.get((published.id, digest, root, wanted, language), make)


def _make(text: str, wanted: Format, language: str, digest: str, root: str) -> bytes:
    content = ListContent.model_validate_json(text)
    if wanted is Format.HTML:
        return to_html(content, language, digest, root).encode()
    return (to_xlsx if wanted is Format.XLSX else to_csv)(content, language)
