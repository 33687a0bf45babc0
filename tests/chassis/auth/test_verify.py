"""A token is taken only from a configured issuer, for this audience, in its time, with a signature that holds."""

import base64
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey
from structlog.testing import capture_logs

from chassis.auth.principal import Principal
from chassis.auth.tokens import TokenSigner, generate_key, service_token, write_jwks
from chassis.auth.verify import REGISTRY, Verifier
from chassis.problems import Unauthenticated, Unavailable
from chassis.settings import Settings
from contracts.enums import Role

ISSUER, AUDIENCE = "https://login.example", "liaison"
ED, EC, RSA = OKPKey.generate_key("Ed25519"), ECKey.generate_key("P-256"), RSAKey.generate_key(2048)
OFFICER = Principal(subject="zhang", roles=frozenset({Role.OFFICER}), name="张三", department="流通发展司")
Claims = dict[str, Any]


def claims(**changed: Any) -> Claims:
    now = int(time.time())
    whole = {"iss": ISSUER, "aud": AUDIENCE, "sub": "zhang", "roles": ["officer"], "iat": now, "exp": now + 60}
    return {name: value for name, value in (whole | changed).items() if value is not None}


def signed(body: Claims, key: Any = ED, algorithm: str = "EdDSA", **header: Any) -> str:
    key.ensure_kid()
    return jwt.encode({"alg": algorithm, "kid": key.kid, **header}, body, key, registry=REGISTRY)


def unsigned(body: Claims, algorithm: str = "none") -> str:
    parts = [orjson.dumps({"alg": algorithm, "kid": ED.kid}), orjson.dumps(body), b""]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "jwks.json").write_bytes(orjson.dumps(KeySet([ED, EC, RSA]).as_dict(private=False)))
    return Settings(auth_issuers={ISSUER: (tmp_path / "jwks.json").as_uri()}, auth_audience=AUDIENCE)


@pytest.fixture
async def verifier(settings: Settings) -> AsyncIterator[Verifier]:
    made = Verifier(settings)
    yield made
    await made.close()


async def refusal(verifier: Verifier, token: str) -> str:
    with pytest.raises(Unauthenticated) as raised:
        await verifier.verify(token)
    return raised.value.code


@pytest.mark.parametrize(("key", "algorithm"), [(ED, "EdDSA"), (ED, "Ed25519"), (EC, "ES256"), (RSA, "RS256")])
async def test_each_allowed_algorithm_is_taken(verifier: Verifier, key: Any, algorithm: str) -> None:
    token = signed(claims(), key, algorithm)
    assert await verifier.verify(token) == Principal(subject="zhang", roles=frozenset({Role.OFFICER}))


async def test_the_caller_is_what_the_claims_say(verifier: Verifier) -> None:
    token = signed(claims(roles=["authority", "another-system"], authority="410000", name="李四", department="商务厅"))
    caller = await verifier.verify(token)
    assert caller.roles == {Role.AUTHORITY}
    assert (caller.authority, caller.name, caller.department) == ("410000", "李四", "商务厅")
    assert caller.actor == "authority:zhang"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://somebody.example"}, "untrusted_issuer"),
        ({"iss": None}, "untrusted_issuer"),
        ({"iss": ["https://login.example"]}, "untrusted_issuer"),
        ({"aud": "another-system"}, "wrong_audience"),
        ({"aud": None}, "invalid_token"),
        ({"exp": int(time.time()) - 3600}, "token_expired"),
        ({"exp": None}, "invalid_token"),
        ({"exp": "tomorrow"}, "invalid_token"),
        ({"nbf": int(time.time()) + 3600}, "invalid_token"),
        ({"iat": int(time.time()) + 3600}, "invalid_token"),
        ({"sub": None}, "invalid_token"),
        ({"sub": ""}, "invalid_token"),
        ({"roles": ["authority"]}, "invalid_token"),
        ({"roles": ["enterprise"]}, "invalid_token"),
        ({"roles": [["officer"]]}, "invalid_token"),
        ({"name": {"first": "x"}}, "invalid_token"),
    ],
)
async def test_a_wrong_claim_is_refused_by_its_own_code(verifier: Verifier, changed: Claims, code: str) -> None:
    assert await refusal(verifier, signed(claims(**changed))) == code


async def test_clocks_may_differ_a_little(verifier: Verifier) -> None:
    now = int(time.time())
    assert await verifier.verify(signed(claims(exp=now - 5, nbf=now + 5, iat=now + 5)))


async def test_one_of_several_audiences_is_enough(verifier: Verifier) -> None:
    assert await verifier.verify(signed(claims(aud=["another-system", AUDIENCE])))


async def test_a_signature_that_does_not_hold_is_refused(verifier: Verifier) -> None:
    stranger = OKPKey.generate_key("Ed25519", {"kid": ED.kid or ""})
    head, _, tail = signed(claims()).rpartition(".")
    other_body = signed(claims(sub="somebody-else")).split(".")[1]
    forged = [
        signed(claims(), stranger, kid=ED.kid),
        f"{head}.{'A' * len(tail)}",
        ".".join([head.split(".")[0], other_body, tail]),
        unsigned(claims()),
        unsigned(claims(), "EdDSA"),
        jwt.encode({"alg": "HS256", "kid": ED.kid}, claims(), OctKey.import_key(b"x" * 32), ["HS256"]),
        signed(claims(), ED, kid="no-such-key"),
        signed(claims(), EC, "ES256", kid=ED.kid),
    ]
    assert [await refusal(verifier, token) for token in forged] == ["invalid_token"] * len(forged)


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "é.é.é", "eyJhbGciOiJFZERTQSJ9." + "W1tb" * 20_000 + ".AA"])
async def test_rubbish_is_refused(verifier: Verifier, token: str) -> None:
    assert await refusal(verifier, token) == "invalid_token"


async def test_a_refusal_is_logged_without_the_token(verifier: Verifier) -> None:
    token = signed(claims(aud="another-system"))
    with capture_logs() as logs:
        await refusal(verifier, token)
    assert logs[0]["event"] == "token_refused"
    assert (logs[0]["code"], logs[0]["issuer"], logs[0]["log_level"]) == ("wrong_audience", ISSUER, "warning")
    assert not any(part in str(logs) for part in token.split("."))


async def test_an_issuer_whose_keys_are_away_is_not_a_bad_token(tmp_path: Path) -> None:
    verifier = Verifier(Settings(auth_issuers={ISSUER: (tmp_path / "absent.json").as_uri()}))
    with pytest.raises(Unavailable):
        await verifier.verify(signed(claims()))
    await verifier.close()


async def test_a_signer_is_trusted_by_the_key_set_it_wrote(tmp_path: Path) -> None:
    key = generate_key()
    (tmp_path / "key.json").write_bytes(orjson.dumps(key))
    write_jwks(tmp_path / "jwks.json", [key])
    assert b'"d"' not in (tmp_path / "jwks.json").read_bytes()
    settings = Settings(
        auth_issuers={"liaison-local": (tmp_path / "jwks.json").as_uri()}, signing_key_file=tmp_path / "key.json"
    )
    verifier = Verifier(settings)
    signer = TokenSigner(key, "liaison-local", "liaison")
    assert await verifier.verify(signer.sign(OFFICER)) == OFFICER
    assert (await verifier.verify(service_token(settings, "notify"))).actor == "service:notify"
    assert await refusal(verifier, signer.sign(OFFICER, timedelta(minutes=-2))) == "token_expired"
    await verifier.close()
