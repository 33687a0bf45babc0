"""An enterprise at the console, with a real filing service behind; the other services are away."""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.auth.tokens import write_jwks
from contracts.enums import Role
from services.console.backends import Backends
from services.console.declarations.answers import typed_in
from services.filing.app import SERVICE
from tests.console.conftest import CLAIMS, Console
from tests.console.declarations.forms import FORM
from tests.filing import samples
from tests.filing.conftest import Filing
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase

CREDIT_CODE = CLAIMS[Role.ENTERPRISE]["credit_code"]
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass
class Enterprise:
    """What it types is `declaration`; `csrf` is the token of its forms."""

    console: Console
    filing: Filing
    headers: dict[str, str]
    csrf: str
    declaration: dict[str, Any] = field(default_factory=samples.declaration)

    @property
    def campaign(self) -> str:
        return self.filing.campaign

    async def get(self, path: str) -> httpx.Response:
        return await self.console.client.get(path, headers=self.headers)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        return await self.console.client.post(path, headers=self.headers, data={"csrf": self.csrf} | fields)

    async def save(self, name: str, version: int | None, **changed: str) -> httpx.Response:
        """One section as its page sends it; `changed` names fields of the section."""
        return await self.post("/applications/new", **self._section(name, version, changed))

    async def autosave(self, name: str, version: int | None, **changed: str) -> httpx.Response:
        """The same, as the page's script sends it."""
        fields = {"csrf": self.csrf} | self._section(name, version, changed)
        headers = self.headers | {"Accept": "application/json"}
        return await self.console.client.post("/applications/new/autosave", headers=headers, data=fields)

    def _section(self, name: str, version: int | None, changed: dict[str, str]) -> dict[str, str]:
        section = FORM.section(name)
        assert section
        given = {"campaign": self.campaign, "section": name, "version": str(version or "")}
        fields = typed_in(section, self.declaration) | {f"{name}.{one}": value for one, value in changed.items()}
        return given | fields

    async def fill_in(self) -> None:
        """All sections at once."""
        caller = self.filing.enterprise(CREDIT_CODE)
        draft = {"declaration": self.declaration, "version": None}
        saved = await self.filing.client.put(f"/v1/drafts/{self.campaign}", json=draft, headers=caller)
        assert saved.status_code == 200, saved.text

    async def review(self) -> dict[str, str]:
        """What the form of the review page would send."""
        page = await self.get(f"/applications/new/review?campaign={self.campaign}")
        assert page.status_code == 200
        return {name: unescape(value) for name, value in HIDDEN.findall(page.text) if name != "next"}

    async def submitted(self) -> str:
        """The id of its new nomination."""
        await self.fill_in()
        receipt = await self.post("/applications/new/review", **await self.review(), truth="yes")
        assert receipt.status_code == 303, receipt.text
        return receipt.headers["location"].split("/")[2]


@pytest.fixture
async def enterprise(
    console: Console, api: Api, service_database: MakeDatabase, bearer: Bearer, tmp_path: Path
) -> Enterprise:
    key_set = tmp_path / "key-set.json"
    assert console.settings.signing_key_file
    write_jwks(key_set, [json.loads(console.settings.signing_key_file.read_text())])
    database = await service_database("filing")
    client = await api(SERVICE, database, auth_issuers={console.settings.signing_issuer: key_set.as_uri()})
    filing = Filing(client, database, bearer)
    filing.campaign = (await filing.open_campaign()).json()["id"]
    stand_behind(console, filing)
    made = Enterprise(console, filing, *await console.signed_in(Role.ENTERPRISE))
    made.declaration["basics"]["credit_code"] = CREDIT_CODE
    return made


def stand_behind(console: Console, filing: Filing) -> None:
    """The console calls this filing service."""
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    app: Any = transport.app
    settings = console.settings.model_copy(update={"service_urls": {"filing": "http://test"}})
    app.state.backends = Backends(settings, filing.client._transport)
