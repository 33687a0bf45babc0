"""RabbitMQ as its management plugin shows it: alarms, disks, policies, and which events go to which queue."""

from typing import Any
from urllib.parse import quote, unquote, urlsplit

import httpx

from chassis.bus.topology import DELIVERY_LIMIT, EVENTS
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, missing, unknown, wrong
from deploy.doctor.machine import LEAST_ROOM
from deploy.queues import subscribers

PATIENCE = 5
LOSING = ("message-ttl", "expires", "max-length", "max-length-bytes")
"""Policies by which a broker throws events away, or refuses them."""

ASK_THERE = "rabbitmq-diagnostics check_alarms and df, on its host"
Answer = list[dict[str, Any]]


async def look_at_broker_node(deployment: Deployment) -> list[Finding]:
    """Nothing where there is no broker; one unknown where its management doesn't answer us."""
    if deployment.broker is None or deployment.management is None:
        return []
    url = urlsplit(deployment.broker)
    vhost = quote(unquote(url.path[1:]) or "/", safe="")
    login = (unquote(url.username or "guest"), unquote(url.password or "guest"))
    try:
        async with httpx.AsyncClient(
            base_url=deployment.management, auth=login, trust_env=False, timeout=PATIENCE
        ) as management:
            nodes = await _get(management, "/api/nodes")
            queues = await _get(management, f"/api/queues/{vhost}")
            bindings = await _get(management, f"/api/exchanges/{vhost}/{EVENTS}/bindings/source")
    except (httpx.HTTPError, ValueError) as error:
        what = f"its management doesn't tell at {deployment.management} ({type(error).__name__})"
        return [unknown("disk and policies of RabbitMQ", what, ASK_THERE)]
    return [*map(_node, nodes), *_policies(queues), *_bindings(bindings)]


async def _get(management: httpx.AsyncClient, path: str) -> Answer:
    answer: Answer = (await management.get(path)).raise_for_status().json()
    return answer


def _node(node: dict[str, Any]) -> Finding:
    subject, free = f"disk of RabbitMQ ({node['name']})", node.get("disk_free")
    if not node.get("running", True):
        return wrong(subject, "the node does not run", "start it; its log says why it ended")
    for alarm, mend in (("disk_free_alarm", "free some space"), ("mem_alarm", "give it more memory")):
        if node.get(alarm):
            return wrong(subject, f"{alarm}: it takes no events", f"{mend}; it goes on by itself")
    if not isinstance(free, int):
        return unknown(subject, "it doesn't tell how much is free yet", ASK_THERE)
    if free < LEAST_ROOM:
        return wrong(subject, f"only {free / 10**9:.1f} GB are free", "free some space, before it takes no more events")
    return good(subject, f"{free / 10**9:.0f} GB free, no alarm")


def _policies(queues: Answer) -> list[Finding]:
    """What declares a queue says all that it needs; a policy can only take from it."""
    ours = {subscriber.name for subscriber in subscribers()}
    found = []
    for queue in queues:
        policy = queue.get("effective_policy_definition") or {}
        losing = [name for name in LOSING if name in policy]
        if policy.get("delivery-limit", DELIVERY_LIMIT) < DELIVERY_LIMIT:
            losing.append("delivery-limit")
        if losing and queue["name"].removesuffix(".dead") in ours:
            by = queue.get("policy") or queue.get("operator_policy")
            what = f"the policy {by} sets {', '.join(losing)}: events may be thrown away"
            found.append(wrong(f"queue {queue['name']}", what, f"rabbitmqctl clear_policy {by}, or narrow its pattern"))
    return found


def _bindings(bindings: Answer) -> list[Finding]:
    there = {(binding["destination"], binding["routing_key"]) for binding in bindings}
    wanted = {(subscriber.name, key) for subscriber in subscribers() for key in subscriber.routing_keys}
    ours = {name for name, _ in wanted}
    lost = [
        missing(f"queue {name}", f"gets no {key}: these events are lost to it", "liaison migrate")
        for name, key in sorted(wanted - there)
    ]
    left = [
        wrong(
            f"queue {name}", "gets events, but no consumer has this name: they pile up", "delete it, if nobody needs it"
        )
        for name in sorted({name for name, _ in there} - ours)
    ]
    return lost + left
