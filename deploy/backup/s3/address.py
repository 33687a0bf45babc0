"""How a command names what is in the bucket: `s3` is the folder that settings name, `s3://BUCKET/…` anything there.

A name that ends with `/` is a folder. There is one bucket: its settings hold its keys.
"""

from deploy.backup.refused import Refused
from deploy.backup.s3.settings import S3, is_path
from deploy.backup.s3.trouble import BUCKET

HOME = "s3"
SCHEME = "s3://"


def is_in_bucket(place: str) -> bool:
    return place == HOME or place.startswith(SCHEME)


def home(settings: S3) -> str:
    return f"{settings.prefix}/" if settings.prefix else ""


def key_of(place: str, settings: S3) -> str:
    """`Refused` where it is another bucket than that of the settings, or they name none."""
    if not settings.bucket:
        raise Refused(f"There is no bucket for archives: {BUCKET} is not set")
    if place == HOME:
        return home(settings)
    bucket, _, key = place.removeprefix(SCHEME).partition("/")
    if bucket != settings.bucket:
        raise Refused(f"{place} is not in the bucket {settings.bucket}: set {BUCKET}, and its keys, for another")
    if key and not is_path(key.removesuffix("/")):
        raise Refused(f"{place!r} is no address in a bucket: it has a part without a name, or what can't be printed")
    return key


def is_folder(key: str) -> bool:
    return not key or key.endswith("/")


def address_of(key: str, settings: S3) -> str:
    return f"{SCHEME}{settings.bucket}/{key}"
