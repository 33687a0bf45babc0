"""What an operator must know of each build, before workers are ended or a patch is taken out."""

from datetime import datetime
from typing import NamedTuple

from deploy.builds.cases import HELD, Cases, at
from deploy.builds.deployment import Deployment


class Standing(NamedTuple):
    """`open`: cases whose last step was its; `held` of them wait for it and no other. `older`: open cases, of all
    builds, that began before it became current; None if it never did."""

    build: str
    share: float
    current_at: datetime | None
    open: int
    held: int
    older: int | None


async def look_at_all(deployment: Deployment, cases: Cases) -> list[Standing]:
    """Oldest build first."""
    return [
        Standing(
            build.name,
            build.share,
            build.current_at,
            await cases.count(at(build.name)),
            await cases.count(f"{at(build.name)} AND {HELD}"),
            await cases.count_older(build.current_at) if build.current_at else None,
        )
        for build in await deployment.builds()
    ]
