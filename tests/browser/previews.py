"""Pages that answer a form and change nothing yet: reached by filling it in, since no address leads to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.pages.catalogue import Who
from tests.browser.people import Person


@dataclass(frozen=True)
class Preview:
    """`paths` are tried in turn until one has the form; `fields` are filled in, `ticked` ticked."""

    who: Who
    name: str
    paths: tuple[str, ...]
    fields: Mapping[str, str]
    ticked: tuple[str, ...] = ()


CAMPAIGNS = "/campaigns/*"
PREVIEWS = (
    Preview(
        Who.STAFF,
        "inbox",
        ("/inbox",),
        {"#f-opinion": "填报内容不完整，请补充后重新提交。"},
        ("[name=task] >> nth=0", "[name=verdict][value=RETURNED]"),
    ),
    Preview(Who.OFFICER, "notice", (f"{CAMPAIGNS}/notices/new",), {"#f-title": "拟列入名单公示"}, ("[value=all]",)),
    Preview(Who.OFFICER, "decision", (f"{CAMPAIGNS}/decisions/new",), {"#f-document_number": "商流通函〔2031〕99号"}),
    Preview(Who.OFFICER, "list", (f"{CAMPAIGNS}/list",), {"#f-document_number": "商务部公告2031年第99号"}),
    Preview(
        Who.OFFICER, "objection", ("/objections/{objection}",), {"#f-reasons": "经核查，情况不属实。"}, ("[value=no]",)
    ),
)


async def open_preview(person: Person, preview: Preview, places: Mapping[str, str]) -> None:
    """Raises `LookupError` when nothing here has the form."""
    page = person.page
    for path in preview.paths:
        for address in await _addresses(person, path.format_map(places)):
            await person.go(address)
            if await page.locator(" , ".join(preview.fields)).count():
                await _send(person, preview)
                return
    raise LookupError(preview.name)


async def _addresses(person: Person, path: str) -> list[str]:
    """One for each campaign where the path leaves it open."""
    if CAMPAIGNS not in path:
        return [path]
    await person.go("/campaigns")
    links = await person.page.locator("main table a, main .card a").all()
    found = {str(await link.get_attribute("href")) for link in links}
    return [
        path.replace(CAMPAIGNS, one) for one in sorted(found) if one.startswith("/campaigns/") and one.count("/") == 2
    ]


async def _send(person: Person, preview: Preview) -> None:
    page = person.page
    for selector in preview.ticked:
        await page.locator(f"main {selector}").check()
    for selector, words in preview.fields.items():
        await page.fill(selector, words)
    await page.locator("main form[method=post] button:not([name=phrase])").last.click()
    await page.wait_for_selector("main[data-answer]")
