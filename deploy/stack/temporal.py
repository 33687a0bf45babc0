"""Temporal: a namespace of its own with the platform's search attributes."""

import asyncio
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from deploy.servers import TemporalServer
from deploy.servers.temporal import register_namespace
from deploy.stack.component import Component, Origin
from deploy.stack.keys import Keys
from deploy.stack.settings import StackSettings

USUAL_ADDRESS = "127.0.0.1:7233"


@dataclass(frozen=True)
class TemporalPlace:
    address: str
    namespace: str

    @property
    def shown(self) -> str:
        return f"{self.address} {self.namespace}"

    def environment(self) -> dict[str, str]:
        return {"LIAISON_TEMPORAL_ADDRESS": self.address, "LIAISON_TEMPORAL_NAMESPACE": self.namespace}


async def take_temporal(settings: StackSettings, keys: Keys) -> tuple[Component, TemporalPlace]:
    if settings.temporal_address:
        place = TemporalPlace(settings.temporal_address, settings.temporal_namespace)
        await _register(place)
        return Component("Temporal", Origin.NAMED, place.shown), place
    if settings.find_servers and await answers(USUAL_ADDRESS):
        place = TemporalPlace(USUAL_ADDRESS, f"{settings.temporal_namespace}-{keys.installation}")
        await _register(place)
        return Component("Temporal", Origin.FOUND, place.shown), place
    own = TemporalServer(settings.state / "temporal", ui=True)
    await own.start()
    await own.add_namespace(settings.temporal_namespace)
    place = TemporalPlace(own.address, settings.temporal_namespace)
    return Component("Temporal", Origin.OWN, place.shown, own, own.ui_url), place


async def answers(address: str) -> bool:
    try:
        async with asyncio.timeout(2):
            return await (await Client.connect(address)).service_client.check_health()
    except (RuntimeError, RPCError, TimeoutError):
        return False


async def _register(place: TemporalPlace) -> None:
    """Where namespaces are its operator's business, the operator has made ours."""
    try:
        await register_namespace(await Client.connect(place.address, namespace=place.namespace))
    except RPCError as error:
        if error.status not in (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED):
            raise
