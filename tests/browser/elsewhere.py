"""What other parties do meanwhile, without a browser."""

import asyncio
from typing import Any

from contracts.enums import Role
from deploy.demo.caller import Services
from deploy.stack import Stack
from tests.browser.campaign import asked

PAUSE = 0.2


async def return_to(stack: Stack, credit_code: str, authority: str, opinion: str) -> None:
    """The authority returns what this enterprise has filed, as soon as it comes."""
    services = Services(stack.urls, stack.signer)
    try:
        staff = services.caller(Role.AUTHORITY, f"staff-{authority}", authority=authority)
        tasks: list[dict[str, Any]] = []
        while not tasks:
            await asyncio.sleep(PAUSE)
            tasks = (await staff.get("review", "/v1/tasks", state="open", q=credit_code))["items"]
        verdict = {"verdict": "RETURNED", "opinion": opinion, "version": tasks[0]["version"]}
        await staff.post("review", f"/v1/tasks/{tasks[0]['id']}/verdict", verdict)
    finally:
        await services.close()


async def object_to_one(stack: Stack, campaign_id: str, text: str) -> str:
    """A citizen objects to the last enterprise of the campaign's notice to which nobody does; returns its name."""
    (notice,) = (await asked(stack, Role.OFFICER, "review", "/v1/notices", campaign_id=campaign_id))["items"]
    objections = await asked(stack, Role.OFFICER, "review", "/v1/objections", campaign_id=campaign_id, limit=100)
    objected = {one["credit_code"] for one in objections["items"]}
    services = Services(stack.urls, stack.signer)
    try:
        citizen = services.public()
        enterprises = (await citizen.get("review", f"/v1/notices/{notice['id']}"))["enterprises"]
        enterprise = [one for one in enterprises if one["credit_code"] not in objected][-1]
        objection = {"name": "孙市民", "contact": "13800000007", "credit_code": enterprise["credit_code"], "text": text}
        await citizen.post("review", f"/v1/notices/{notice['id']}/objections", objection)
    finally:
        await services.close()
    return str(enterprise["enterprise_name"])
