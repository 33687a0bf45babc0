"""An ID token is believed only when it is the provider's, for us, of this attempt, and fresh."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from chassis.auth.keys import KeySource
from chassis.clock import now
from services.console.oidc.id_token import NotTrusted, checked

EXPECTED = {"issuer": "https://sso.test", "client_id": "liaison", "nonce": "n", "access_token": "a"}
KEY = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)
STRANGER = RSAKey.generate_key(2048, {"use": "sig", "kid": str(KEY.kid)})


def claims(**given: Any) -> dict[str, Any]:
    at = int(now().timestamp())
    usual = {"iss": "https://sso.test", "aud": "liaison", "sub": "1", "iat": at, "exp": at + 60, "nonce": "n"}
    return {name: value for name, value in {**usual, **given}.items() if value is not None}


def signed(key: RSAKey = KEY, algorithm: str = "RS256", **given: Any) -> str:
    return jwt.encode({"alg": algorithm, "kid": str(KEY.kid)}, claims(**given), key, algorithms=[algorithm])


async def check(token: str, tmp_path: Path) -> dict[str, Any]:
    keys = tmp_path / "jwks.json"
    keys.write_text(json.dumps(KeySet([KEY]).as_dict(private=False)))
    async with httpx.AsyncClient() as client:
        return await checked(token, KeySource(keys.as_uri(), client), EXPECTED)


async def test_a_good_one_is_believed(tmp_path: Path) -> None:
    assert (await check(signed(preferred_username="zhang"), tmp_path))["preferred_username"] == "zhang"
    assert await check(signed(aud=["liaison", "other"], azp="liaison"), tmp_path)


@pytest.mark.parametrize(
    "token",
    [
        signed(iss="https://evil.test"),
        signed(aud="another"),
        signed(aud=["liaison", "other"], azp="other"),
        signed(nonce="of another"),
        signed(nonce=None),
        signed(exp=int(now().timestamp()) - 3600),
        signed(exp=None),
        signed(iat=None),
        signed(sub=None),
        signed(at_hash="wrong"),
        signed(STRANGER),
        signed(algorithm="PS256"),
        "",
        "not.a.token",
    ],
)
async def test_others_are_not(token: str, tmp_path: Path) -> None:
    with pytest.raises(NotTrusted):
        await check(token, tmp_path)
