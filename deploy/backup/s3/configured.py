"""The bucket as settings name it."""

from pydantic import ValidationError
from pydantic_settings import SettingsError

from deploy.backup.s3.settings import S3, BackupSettings
from deploy.backup.s3.trouble import Trouble


def configured() -> S3:
    """`Trouble` names the first setting that can't be used, never its value."""
    try:
        return BackupSettings().backup_s3
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        setting = "__".join(str(part) for part in first["loc"]).upper()
        raise Trouble(f"LIAISON_{setting} can't be used", first["msg"].removeprefix("Value error, ")) from None
    except SettingsError:
        raise Trouble("LIAISON_BACKUP_S3 can't be used", "each setting of the bucket is one by itself") from None
