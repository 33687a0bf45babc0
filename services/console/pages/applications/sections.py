"""The declaration, section by section: saved as it goes into the draft, be it incomplete or wrong."""

from uuid import UUID

from fastapi import Response
from fastapi.responses import JSONResponse

from chassis.auth.access import allow
from chassis.problems import NotFound
from contracts.enums import Role
from services.console.backends import Refused
from services.console.declarations.answers import with_section
from services.console.declarations.findings import MISSING, by_field
from services.console.declarations.form import Section
from services.console.declarations.progress import next_to_fill
from services.console.pages.applications.drafts import Desk, check, keep, open_desk, steps
from services.console.pages.applications.section_page import Attempt, saved_words, show_section
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
NEW, REVIEW = "/applications/new", "/applications/new/review"
LONGEST_NUMBER = 10


@router.get(NEW, dependencies=[allow(Role.ENTERPRISE)])
async def fill_in(visit: Here, campaign: UUID, section: str | None = None, complete: bool = False) -> Response:
    """`complete`: says what is missing, too, and not only what is wrong."""
    desk = await open_desk(visit, str(campaign))
    if desk.nomination:
        return visit.go(f"/applications/{desk.nomination}")
    checked = await check(visit, desk)
    chosen = desk.form.section(section) if section else next_to_fill(steps(desk, checked))
    if chosen is None:
        return visit.go(f"{REVIEW}?campaign={campaign}")
    told = [finding for finding in checked.found if complete or finding.rule != MISSING]
    return show_section(visit, desk, chosen, checked, Attempt(by_field(told, chosen)))


@router.post(NEW, dependencies=[allow(Role.ENTERPRISE)])
async def save_section(visit: Here) -> Response:
    """Saved in any case; on to the next section when this one is as it must be, or to the list when asked."""
    form = await read_form(visit.request)
    desk, section = await _asked(visit, form)
    try:
        await keep(visit, desk, with_section(desk.declaration, section, form.values()), _version(form))
    except Refused as refused:
        return await _refused(visit, desk, section, form, refused)
    if form.has("later"):
        return visit.go("/applications", visit.say("草稿已保存。"))
    checked = await check(visit, desk)
    errors = by_field(checked.found, section)
    if errors:
        return show_section(visit, desk, section, checked, Attempt(errors, saved=True), status=422)
    following = desk.form.after(section.name)
    campaign = desk.campaign["id"]
    after = f"{NEW}?campaign={campaign}&section={following.name}" if following else f"{REVIEW}?campaign={campaign}"
    return visit.go(after, visit.say("草稿已保存。"))


@router.post(f"{NEW}/autosave", dependencies=[allow(Role.ENTERPRISE)])
async def autosave(visit: Here) -> Response:
    """For the page's script, a moment after typing: the new version, and words that say when it was saved."""
    form = await read_form(visit.request)
    desk, section = await _asked(visit, form)
    await keep(visit, desk, with_section(desk.declaration, section, form.values()), _version(form))
    return JSONResponse({"version": desk.version, "saved": saved_words(visit, desk.saved_at)})


async def _asked(visit: Visit, form: Form) -> tuple[Desk, Section]:
    try:
        campaign = UUID(form.text("campaign"))
    except ValueError as invalid:
        raise NotFound from invalid
    desk = await open_desk(visit, str(campaign))
    section = desk.form.section(form.text("section"))
    if section is None:
        raise NotFound
    return desk, section


def _version(form: Form) -> int | None:
    """None when there was no draft when the page was drawn."""
    version = form.text("version")
    return int(version) if version.isdecimal() and len(version) < LONGEST_NUMBER else None


async def _refused(visit: Visit, desk: Desk, section: Section, form: Form, refused: Refused) -> Response:
    """Nothing was saved: the page again, with what was typed; its version is that of the kept draft, to replace it."""
    if desk.nomination:
        return visit.go(f"/applications/{desk.nomination}", visit.say("本批次的申报已经提交。"))
    typed = {asked.path: form.text(asked.path) for asked in section.fields}
    checked = await check(visit, desk)
    return show_section(visit, desk, section, checked, Attempt(typed=typed, problem=refused), refused.status)
