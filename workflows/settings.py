"""Settings of the workflow worker."""

from pydantic import Field

from chassis.settings import Settings
from chassis.temporal.client import BUILD_ID


class WorkflowSettings(Settings):
    build_id: str = Field(BUILD_ID, description="the build of the workflows that this worker runs", min_length=1)
    build_takes_over: bool = Field(
        True,
        description="at its start its build takes over from an older one; else only where there is none",
    )
