"""RabbitMQ: a virtual host of its own, unless a setting names one."""

from urllib.parse import quote, urlsplit

import httpx

from deploy.servers import RabbitServer
from deploy.stack.component import Component, Origin
from deploy.stack.keys import Keys
from deploy.stack.settings import StackSettings

# Where a RabbitMQ fresh from its package or image, with its management plugin, lets one in.
USUAL_MANAGEMENT = "http://127.0.0.1:15672"
USUAL_LOGIN = ("guest", "guest")
LEAST_VERSION = (3, 10)


async def take_broker(settings: StackSettings, keys: Keys) -> tuple[Component, str]:
    """The broker, and the URL with which all processes enter it."""
    if settings.broker_url:
        url = keys.let_in(settings.broker_url.get_secret_value())
        return Component("RabbitMQ", Origin.NAMED, _shown(url)), url
    found = await find_broker(f"liaison-{keys.installation}") if settings.find_servers else None
    if found:
        return Component("RabbitMQ", Origin.FOUND, _shown(found)), found
    own = RabbitServer(settings.state / "rabbitmq")
    await own.start()
    url = await own.add_vhost("liaison")
    return Component("RabbitMQ", Origin.OWN, _shown(url), own, pages=own.management_url), url


async def find_broker(vhost: str) -> str | None:
    """A virtual host of our own at a broker with its usual addresses and login, if it is new enough."""
    user, password = USUAL_LOGIN
    try:
        async with httpx.AsyncClient(
            base_url=USUAL_MANAGEMENT, auth=USUAL_LOGIN, trust_env=False, timeout=3
        ) as management:
            overview = (await management.get("/api/overview")).raise_for_status().json()
            if tuple(int(number) for number in overview["rabbitmq_version"].split(".")[:2]) < LEAST_VERSION:
                return None
            (await management.put(f"/api/vhosts/{vhost}")).raise_for_status()
            anything = {"configure": ".*", "write": ".*", "read": ".*"}
            (await management.put(f"/api/permissions/{vhost}/{user}", json=anything)).raise_for_status()
    except (httpx.HTTPError, KeyError, ValueError):
        return None
    return f"amqp://{user}:{password}@127.0.0.1:5672/{quote(vhost, safe='')}"


def _shown(url: str) -> str:
    broker = urlsplit(url)
    return f"{broker.hostname}:{broker.port or 5672}{broker.path}"
