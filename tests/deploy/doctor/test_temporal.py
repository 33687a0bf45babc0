"""Namespaces without what workflows need, at a real Temporal."""

import asyncio
from dataclasses import replace

import pytest
from temporalio.client import Client

from deploy.doctor.finding import Finding, State
from deploy.doctor.temporal import look_at_temporal
from deploy.servers import TemporalServer
from deploy.servers.temporal import register_namespace
from tests.deploy.doctor.patient import NOTHING, bad
from workflows.readiness import JOURNAL_SEAL, schedule_journal_seal


async def test_a_namespace_without_what_workflows_need(temporal: TemporalServer) -> None:
    client = await Client.connect(temporal.address, namespace="to-examine")
    deployment = replace(NOTHING, temporal=(temporal.address, client.namespace), processes={"workflows": ""})
    assert list(bad(await look_at_temporal(deployment))) == ["namespace to-examine"]
    await temporal.add_namespace(client.namespace)
    found = bad(await look_at_temporal(deployment))
    assert {subject: finding.state for subject, finding in found.items()} == {
        f"schedule {JOURNAL_SEAL}": State.MISSING,
        **{f"task queue {name}": State.WRONG for name in ("workflows", "filing", "review", "registry")},
    }
    await schedule_journal_seal(client)
    await client.get_schedule_handle(JOURNAL_SEAL).pause()
    assert "toggle --unpause" in bad(await look_at_temporal(deployment))[f"schedule {JOURNAL_SEAL}"].mend


async def test_a_search_attribute_that_is_not_registered(
    temporal: TemporalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.servers.temporal.SEARCH_ATTRIBUTES", ("LiaisonCampaign",))
    client = await Client.connect(temporal.address, namespace="half-registered")
    await register_namespace(client)
    found: dict[str, Finding] = {}
    for _ in range(100):  # a new namespace is served a little later
        found = bad(await look_at_temporal(replace(NOTHING, temporal=(temporal.address, client.namespace))))
        if "Temporal" not in found and f"namespace {client.namespace}" not in found:
            break
        await asyncio.sleep(0.2)
    assert list(found) == ["search attribute LiaisonAuthority"]
    assert "--name LiaisonAuthority" in found["search attribute LiaisonAuthority"].mend
