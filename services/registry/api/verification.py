"""The journal verified from the outside, as `liaison journal verify` does it."""

import asyncio
from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Depends

from chassis.auth.access import allow
from chassis.problems import Problem
from chassis.web import Session, settings_of
from contracts.enums import Role
from contracts.model import Text
from services.registry.journal.verify import verify
from services.registry.schemas import Verification, VerificationOut
from services.registry.settings import RegistrySettings

router = APIRouter(tags=["journal"], dependencies=[allow(Role.OFFICER, Role.ADMIN)])
EVERYTHING = Verification()
ONE_AT_A_TIME = asyncio.Lock()
"""Reading every row is work for this process; two at once would only take turns."""


class KeysMissing(Problem):
    code = "journal_keys_missing"
    status = 409
    title = Text(zh="本服务未配置留痕密钥，无法核验", en="Without the journal's keys nothing can be verified")


class VerificationRunning(Problem):
    code = "verification_running"
    status = 409
    title = Text(zh="核验正在进行", en="A verification is under way")
    retry_after = 5


@router.post("/v1/journal/verification")
async def verify_journal(
    session: Session,
    settings: Annotated[RegistrySettings, Depends(settings_of(RegistrySettings))],
    asked: Verification = EVERYTHING,
) -> VerificationOut:
    """Every row is read again, in one snapshot, while writing goes on. It takes as long as the journal is long."""
    if not settings.journal_keys:
        raise KeysMissing
    if ONE_AT_A_TIME.locked():
        raise VerificationRunning
    async with ONE_AT_A_TIME:
        began = perf_counter()
        report = await verify(session, settings.keyring(), asked.printed_roots)
        return VerificationOut.of(report, perf_counter() - began)
