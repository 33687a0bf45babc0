"""A private RabbitMQ node, from the RabbitMQ of the system (3.10 and newer), with an epmd of its own."""

import os
import shutil
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import httpx

from deploy.child import Child
from deploy.keepsakes import secret
from deploy.servers.private import DidNotStart, PrivateServer

USER = "liaison"
# Debian's own wrapper on PATH switches to the system's user and folders: the script behind it doesn't.
DEBIAN_SCRIPT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
MISSING = "RabbitMQ is not here: install rabbitmq-server (Debian, Ubuntu: apt-get install rabbitmq-server)"


def rabbitmq_script() -> Path | None:
    found = shutil.which("rabbitmq-server")
    if DEBIAN_SCRIPT.exists():
        return DEBIAN_SCRIPT
    return Path(found) if found else None


class RabbitServer(PrivateServer):
    """Boots in about five seconds. Virtual hosts are made over its management port."""

    name: ClassVar[str] = "rabbitmq"

    def __init__(self, state: Path) -> None:
        super().__init__(state)
        self._epmd: Child | None = None

    @property
    def password(self) -> str:
        return secret(self.state / "password")

    @property
    def management_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.get('management')}"

    def url(self, vhost: str = "/") -> str:
        return f"amqp://{USER}:{quote(self.password)}@127.0.0.1:{self.ports.get('amqp')}/{quote(vhost, safe='')}"

    async def add_vhost(self, name: str) -> str:
        """Make the virtual host, unless it is there; returns its URL."""
        path = quote(name, safe="")
        async with self._management() as management:
            made = await management.put(f"/api/vhosts/{path}")
            made.raise_for_status()
            anything = {"configure": ".*", "write": ".*", "read": ".*"}
            granted = await management.put(f"/api/permissions/{path}/{USER}", json=anything)
            granted.raise_for_status()
        return self.url(name)

    async def drop_vhost(self, name: str) -> None:
        async with self._management() as management:
            await management.delete(f"/api/vhosts/{quote(name, safe='')}")

    async def prepare(self) -> None:
        script, epmd = rabbitmq_script(), shutil.which("epmd")
        if script is None or epmd is None:
            raise DidNotStart(MISSING)
        ports = {name: await self.ports.reclaim(name) for name in ("amqp", "management", "distribution")}
        (self.state / "rabbitmq.conf").write_text(_configuration(ports, self.password))
        (self.state / "rabbitmq.conf").chmod(0o600)
        (self.state / "enabled_plugins").write_text("[rabbitmq_management].\n")
        port = await self.ports.reclaim("epmd")
        self._epmd = Child("epmd", [epmd, "-address", "127.0.0.1", "-port", str(port)], self.state, env=_clean())
        await self._epmd.start()
        self.child = Child(self.name, [script], self.state, env=self._environment(ports), grace=30)

    async def answers(self) -> bool:
        """The management port opens last, after all queues are back."""
        try:
            async with self._management() as management:
                return (await management.get("/api/whoami")).is_success
        except httpx.TransportError:
            return False

    async def stop(self) -> None:
        await super().stop()
        if self._epmd:
            await self._epmd.stop()

    def _management(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.management_url, auth=(USER, self.password), trust_env=False, timeout=15)

    def _environment(self, ports: dict[str, int]) -> dict[str, str]:
        folder = str(self.state)
        return _clean() | {
            "HOME": folder,  # the Erlang cookie is made there
            "RABBITMQ_NODENAME": "liaison@localhost",
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/none.conf",
            "RABBITMQ_MNESIA_BASE": f"{folder}/data",
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_PID_FILE": f"{folder}/rabbitmq.pid",
            "RABBITMQ_DIST_PORT": str(ports["distribution"]),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RUNNING_UNDER_SYSTEMD": "true",  # the script then becomes the node, rather than its parent
            "ERL_EPMD_PORT": str(self.ports.get("epmd")),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }


def _clean() -> dict[str, str]:
    """The environment without settings meant for another node."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("RABBITMQ_", "ERL_"))}


def _configuration(ports: dict[str, int], password: str) -> str:
    settings = {
        "listeners.tcp.local": f"127.0.0.1:{ports['amqp']}",
        "management.tcp.ip": "127.0.0.1",
        "management.tcp.port": ports["management"],
        "default_user": USER,
        "default_pass": password,
        "default_user_tags.administrator": "true",
        "log.console.level": "warning",
    }
    return "".join(f"{key} = {value}\n" for key, value in settings.items())
