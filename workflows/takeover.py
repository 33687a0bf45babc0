"""Whether a build takes over by itself."""

from temporalio.api.deployment.v1 import RoutingConfig, WorkerDeploymentInfo

BY_ITSELF = "build-takes-over:"
"""Begins the identity under which a worker makes its build current. Any other is an operator's, with whatever tool."""


def knows(deployment: WorkerDeploymentInfo, build: str) -> bool:
    """The server has heard of it."""
    return build in _made(deployment)


def may_take_over(deployment: WorkerDeploymentInfo, build: str) -> bool:
    """From an older build only: what has passed a change under a newer one, it can't read. What an operator has chosen
    stands against all builds that were there to choose from, and while another ramps; one that came later is an
    upgrade, and takes over."""
    routing, made = deployment.routing_config, _made(deployment)
    if routing.HasField("ramping_deployment_version"):
        return False
    if made[routing.current_deployment_version.build_id] >= made[build]:
        return False
    return deployment.last_modifier_identity.startswith(BY_ITSELF) or _changed(routing) < made[build]


def _made(deployment: WorkerDeploymentInfo) -> dict[str, int]:
    """When the server first saw each build, in nanoseconds."""
    return {
        version.deployment_version.build_id: version.create_time.ToNanoseconds()
        for version in deployment.version_summaries
    }


def _changed(routing: RoutingConfig) -> int:
    """When it was last said who gets which cases."""
    return max(
        routing.current_version_changed_time.ToNanoseconds(),
        routing.ramping_version_changed_time.ToNanoseconds(),
        routing.ramping_version_percentage_changed_time.ToNanoseconds(),
    )
