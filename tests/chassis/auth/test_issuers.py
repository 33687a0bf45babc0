"""An issuer with a limit gives the roles it was allowed, and its subjects are its own."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from joserfc.jwk import KeySet
from structlog.testing import capture_logs

from chassis.auth.verify import Verifier
from chassis.settings import Settings
from contracts.enums import Role
from tests.chassis.auth.test_verify import AUDIENCE, ED, ISSUER, claims, refusal, signed

HENAN = "https://id.henan.example/realms/staff"
MakeVerifier = Callable[..., Verifier]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[MakeVerifier]:
    """A verifier that trusts `ISSUER` and `HENAN`, which have the same key here."""
    (tmp_path / "jwks.json").write_bytes(orjson.dumps(KeySet([ED]).as_dict(private=False)))
    made: list[Verifier] = []

    def verifier(**limits: Any) -> Verifier:
        issuers = dict.fromkeys((ISSUER, HENAN), (tmp_path / "jwks.json").as_uri())
        made.append(Verifier(Settings(auth_issuers=issuers, auth_audience=AUDIENCE, **limits)))
        return made[-1]

    yield verifier
    for each in made:
        await each.close()


@pytest.fixture
def limited(make: MakeVerifier) -> Verifier:
    return make(auth_roles={HENAN: ["authority", "enterprise"]}, auth_authorities={HENAN: ["410000"]})


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ({"roles": ["authority"], "authority": "410000"}, {Role.AUTHORITY}),
        ({"roles": ["authority"], "authority": "440000"}, set()),
        ({"roles": ["enterprise"], "credit_code": "91410000CY2XD8E58U"}, {Role.ENTERPRISE}),
        ({"roles": ["service", "admin", "officer", "decider", "expert"]}, set()),
        ({"roles": ["officer", "authority"], "authority": "410000"}, {Role.AUTHORITY}),
    ],
)
async def test_a_limited_issuer_gives_no_other_role(limited: Verifier, said: dict[str, Any], given: set[Role]) -> None:
    caller = await limited.verify(signed(claims(iss=HENAN, **said)))
    assert caller.roles == given


async def test_a_refused_role_is_logged(limited: Verifier) -> None:
    with capture_logs() as logs:
        await limited.verify(signed(claims(iss=HENAN, roles=["service"])))
    assert [(entry["event"], entry["issuer"], entry["roles"]) for entry in logs] == [
        ("roles_refused", HENAN, ["service"])
    ]


async def test_subjects_of_two_issuers_are_two(limited: Verifier) -> None:
    """Who prepared a decision can't sign it, and a seat on a panel is one expert's: by the subject."""
    own = await limited.verify(signed(claims(sub="zhang")))
    foreign = await limited.verify(signed(claims(iss=HENAN, sub="zhang", roles=["authority"], authority="410000")))
    assert own.actor == "officer:zhang"
    assert foreign.actor == "authority:zhang@id.henan.example.realms.staff"


async def test_without_authorities_any_may_be_named(make: MakeVerifier) -> None:
    token = signed(claims(iss=HENAN, roles=["authority"], authority="440000"))
    caller = await make(auth_roles={HENAN: ["authority"]}).verify(token)
    assert caller.roles == {Role.AUTHORITY}


async def test_no_role_may_be_given_at_all(make: MakeVerifier) -> None:
    caller = await make(auth_roles={HENAN: []}).verify(signed(claims(iss=HENAN)))
    assert caller.roles == frozenset()


async def test_a_subject_must_still_be_text(limited: Verifier) -> None:
    for subject in (5, "", {"x": 1}):
        assert await refusal(limited, signed(claims(iss=HENAN, sub=subject))) == "invalid_token"


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        ({"auth_roles": {"https://id.henan.exampel": ["authority"]}}, "no trusted issuer"),
        ({"auth_authorities": {HENAN: ["410000"]}}, "LIAISON_AUTH_ROLES does not"),
        ({"auth_roles": {HENAN: ["ministre"]}}, "auth_roles"),
    ],
)
def test_a_slip_in_the_settings_leaves_nobody_unlimited(make: MakeVerifier, limits: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        make(**limits)


def test_two_issuers_must_not_look_alike(tmp_path: Path) -> None:
    issuers = dict.fromkeys(("https://id.example", "https://id.example/"), tmp_path.as_uri())
    settings = Settings(auth_issuers=issuers, auth_roles={issuer: [Role.AUTHORITY] for issuer in issuers})
    with pytest.raises(ValueError, match="look alike"):
        Verifier(settings)
