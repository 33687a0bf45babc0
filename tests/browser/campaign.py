"""Where a test finds its work: the campaign that is under way, and who has something to do."""

from typing import Any

from contracts.enums import Role
from deploy.demo.caller import Services
from deploy.stack import Stack


async def asked(stack: Stack, role: Role, service: str, path: str, **params: Any) -> Any:
    """What a service answers an officer, or whoever `role` is."""
    services = Services(stack.urls, stack.signer)
    try:
        return await services.caller(role, "officer-chen").get(service, path, **params)
    finally:
        await services.close()


async def campaign(stack: Stack, scheme: str = "national") -> str:
    """The one of this scheme; trials have `trial-1` and so on."""
    campaigns = await asked(stack, Role.OFFICER, "filing", "/v1/campaigns")
    return str(next(one["id"] for one in campaigns if one["scheme_code"] == scheme))
