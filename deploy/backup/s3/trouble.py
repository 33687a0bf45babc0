"""What a store answers, in words that name the setting. Its own text is not passed on: it may repeat what we sent."""

import re

from deploy.backup.refused import Refused
from deploy.backup.s3.settings import S3

CODE = re.compile(r"<Code>(\w+)</Code>")
STATUS = re.compile(r"status code: (\d{3})")
CERTIFICATE = re.compile(r"InvalidCertificate\(\s*(\w+)")
WRONG_REGION = "incorrectly configured region"

ENDPOINT, REGION, BUCKET, ACCESS_KEY, SECRET_KEY = (
    f"LIAISON_BACKUP_S3__{name}" for name in ("ENDPOINT", "REGION", "BUCKET", "ACCESS_KEY", "SECRET_KEY")
)
RIGHTS = "s3:ListBucket of it, s3:GetObject, s3:PutObject and s3:DeleteObject in it"
ANOTHER_REGION = ("the bucket {bucket} is not in the region {region}", f"set {REGION} to its own")
ANSWERS = {
    "NoSuchBucket": ("there is no bucket {bucket} at {where}", f"make it, or set {BUCKET} to another"),
    "InvalidBucketName": ("{bucket} is no name of a bucket", f"set {BUCKET} to another"),
    "InvalidAccessKeyId": ("the access key is not known at {where}", f"set {ACCESS_KEY} to one of its keys"),
    "SignatureDoesNotMatch": ("the secret key is not the access key's", f"set {SECRET_KEY} to the one that is"),
    "AccessDenied": ("access to the bucket {bucket} is denied", f"give the user of {ACCESS_KEY} the rights: {RIGHTS}"),
    "AuthorizationHeaderMalformed": ANOTHER_REGION,
    "PermanentRedirect": ANOTHER_REGION,
    "RequestTimeTooSkewed": ("the clocks of {where} and of this machine differ", "let both keep time by NTP"),
}
AWAY = ("nothing answers at {where}", f"let it be reached from here, or set {ENDPOINT} to where it is")
UNTRUSTED = (
    "the certificate of {where} is not trusted here: {answer}",
    f"let SSL_CERT_FILE name a file with the authority that signed it, or set {ENDPOINT} to the name that it is for",
)
UNUSABLE = ("with these settings no store can be asked", f"look at {ENDPOINT}, {REGION}, {BUCKET} and both keys")
OTHER = ("the answer of {where} is {answer}", f"its log says why; the name of the bucket is in {BUCKET}")


class Trouble(Refused):
    """`what` is wrong with the store, and its `mend`."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what[:1].upper()}{what[1:]}: {mend}")
        self.what, self.mend = what, mend


def trouble(error: Exception, settings: S3) -> Trouble:
    text = str(error)
    answer = _first(CODE, text) or _first(STATUS, text) or _first(CERTIFICATE, text)
    what, mend = _words(text, answer)
    return Trouble(
        what.format(bucket=settings.bucket, where=settings.where, region=settings.region, answer=answer), mend
    )


def _words(text: str, answer: str) -> tuple[str, str]:
    if WRONG_REGION in text:
        return ANOTHER_REGION
    if CERTIFICATE.search(text):
        return UNTRUSTED
    return ANSWERS.get(answer, OTHER) if answer else AWAY


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
