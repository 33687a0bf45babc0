"""`make up` plays a campaign until one has come to its list."""

import base64

import pytest

from chassis.auth.tokens import TokenSigner
from contracts.enums import Role
from deploy.demo.caller import Services
from deploy.demo.run import has_list
from services.registry.app import SERVICE
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase
from tests.registry.campaign import Played
from tests.registry.samples import KEYRING, KEYS


async def test_a_campaign_without_its_list_is_not_played_yet(
    api: Api,
    bearer: Bearer,
    service_database: MakeDatabase,
    signing: tuple[TokenSigner, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key_id, secret in KEYS.items():
        monkeypatch.setenv(f"LIAISON_JOURNAL_KEYS__{key_id}", base64.b64encode(secret).decode())
    monkeypatch.setenv("LIAISON_JOURNAL_KEY_ID", KEYRING.key_id)
    registry = await service_database("registry")
    client = await api(SERVICE, registry)
    services = Services({"registry": "http://registry"}, signing[0])
    await services.close()
    services.http = client
    played = Played(registry)
    await played.to_the_decision()
    assert not await has_list(services)  # interrupted before its list
    body = {"campaign_id": str(played.campaign_id), "document_number": "公告第25号"}
    (await client.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))).raise_for_status()
    assert await has_list(services)
