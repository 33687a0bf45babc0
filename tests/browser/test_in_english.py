"""Whole jobs in English, on a phone: each step says it in English, and none is wider than the screen."""

from playwright.async_api import expect

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account, open_applicant
from tests.browser.campaign import campaign
from tests.browser.declared import fill_in, sections
from tests.browser.looking import chinese_left, too_wide
from tests.browser.people import People, Person
from tests.browser.town import IN_ENGLISH, OF_APPLICANTS

NAME = "广东英文物流有限公司"


async def test_an_authority_decides_one_and_then_two(people: People) -> None:
    staff = await _at_a_phone(people, f"staff-{IN_ENGLISH}")
    page = staff.page
    await page.click("nav.main-nav a[href='/inbox']")
    await _step(staff, "Inbox", "Overdue", "Decide many")
    await page.locator("[data-row]").first.click()
    await _step(staff, "Decide: Recommendation", "Print the audit form")
    await page.check("[name=verdict][value=APPROVED]")
    await page.click("text=Submit and go to the next")
    await _step(staff, "Decided: Recommended. This is the next one.")
    await staff.go("/inbox")
    for number in range(2):
        await page.locator("[name=task]").nth(number).check()
    await page.check("[name=verdict][value=RETURNED]")
    await page.fill("#f-opinion", "The licence is missing.")
    await page.click(".bulk button")
    await _step(staff, "2 will be decided, 0 skipped", "The licence is missing.")
    await page.click("text=Confirm: decide 2 cases")
    await _step(staff, "2 cases decided")


async def test_an_expert_declares_and_scores(people: People, stack: Stack) -> None:
    expert = await _at_a_phone(people, await open_account(stack, "expert-04", Role.EXPERT))
    page = expert.page
    await page.click("nav.main-nav a[href='/assignments']")
    await _step(expert, "Assignments")
    await page.locator("tbody a").first.click()
    await _step(expert, "Declaration of interest", "No interest")
    await page.click("text=Declare and open the dossier")
    await _step(expert, "Weighted total")
    fields = page.locator("form.sheet .score input")
    for at in range(await fields.count()):
        await fields.nth(at).fill("7")
    await page.click("text=Give scores and go on")
    await _step(expert, "Confirm your scores", "Scores once given can't be changed.")
    await page.click("text=Confirm and go on")
    await _step(expert, "Your scores are given: ")


async def test_an_enterprise_applies(people: People, stack: Stack) -> None:
    enterprise = await _at_a_phone(people, (await open_applicant(stack))[0])
    page = enterprise.page
    await page.click("nav.main-nav a[href='/applications']")
    await _step(enterprise, "My applications", "Open campaigns")
    await page.locator(f"a[href*='{await campaign(stack)}']").first.click()
    for number, section in enumerate(sections(), 1):
        await _step(enterprise, f"Section {number} of {len(sections())}")
        await fill_in(page, section, name=NAME, authority=OF_APPLICANTS)
        await page.click("text=Save and continue")
    await _step(enterprise, "Check and submit", "The enterprise declares that everything stated is true")
    await page.check("#f-truth")
    await page.click("text=Submit the application")
    await _step(enterprise, "Application submitted", NAME)


async def test_a_citizen_objects(people: People) -> None:
    citizen = await _at_a_phone(people)
    page = citizen.page
    await citizen.go("/notices")
    await page.locator("tr", has_text="On notice").locator("a").first.click()
    await _step(citizen, "Enterprises on notice")
    await page.locator("a[href*='/objection?enterprise=']").nth(1).click()
    await _step(citizen, "How you are protected")
    await page.fill("#f-name", "Zhou")
    await page.fill("#f-contact", "zhou@example.cn")
    await page.fill("#f-text", "The number of its outlets is not true.")
    await page.click("text=Send objection")
    await _step(citizen, "We have your objection", "Your receipt number")
    receipt = await page.inner_text(".receipt-number")
    await page.click("main a[href='/receipts']")
    await page.fill("#f-receipt", receipt)
    await page.click("main form button")
    await _step(citizen, "Being looked into")


async def _at_a_phone(people: People, login: str | None = None) -> Person:
    return await people.somebody(login, language="en-GB", phone=True)


async def _step(person: Person, *words: str) -> None:
    for said in words:
        await person.sees(said)
    await expect(person.page.locator("html")).to_have_attribute("lang", "en")
    assert await too_wide(person.page) == []
    assert await chinese_left(person.page) == []
