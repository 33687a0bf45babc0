"""The bucket for archives: whether it is reached and written to, and how old the newest is."""

import asyncio
from datetime import timedelta

from chassis.clock import now
from deploy.backup.naming import is_ours
from deploy.backup.s3.address import address_of, home
from deploy.backup.s3.bucket import Bucket, Kept
from deploy.backup.s3.settings import S3
from deploy.backup.s3.trouble import Trouble
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, missing, wrong


async def look_at_archives(deployment: Deployment) -> list[Finding]:
    if deployment.archives is None:
        return []
    if isinstance(deployment.archives, Trouble):
        return [wrong("archives in a bucket", deployment.archives.what, deployment.archives.mend)]
    return [await asyncio.to_thread(_look, deployment.archives)]


def _look(settings: S3) -> Finding:
    subject = f"archives in {address_of(home(settings), settings)}"
    try:
        bucket = Bucket(settings, hurry=True)
        archives = [kept for kept in bucket.archives(home(settings)) if _is_nightly(kept, settings)]
        bucket.try_writing()
    except Trouble as trouble:
        return wrong(subject, trouble.what, trouble.mend)
    if not archives:
        return missing(subject, "there is none yet", "liaison backup s3, every night")
    return _judge(subject, archives, timedelta(days=settings.days))


def _is_nightly(kept: Kept, settings: S3) -> bool:
    """Named by its time, in the folder itself: what people put elsewhere, or named, tells nothing of the nights."""
    return is_ours(kept.archive.removeprefix(address_of(home(settings), settings)))


def _judge(subject: str, archives: list[Kept], longest: timedelta) -> Finding:
    newest = archives[-1].kept_at
    what = f"the newest of {len(archives)} is of {newest:%Y-%m-%d %H:%M} UTC"
    if now() - newest > longest:
        mend = "what runs `liaison backup s3` every night should say why it doesn't; do it once by hand"
        return wrong(subject, f"{what}, more than {longest.days} days old", mend)
    return good(subject, what)
