"""Payloads are encrypted, keys rotate, and what was changed on the way is not believed."""

from base64 import b64encode

import pytest
from cryptography.exceptions import InvalidTag
from pydantic import SecretStr
from temporalio.api.common.v1 import Payload

from chassis.settings import Settings
from chassis.temporal.codec import KEY_ID, EncryptionCodec, UnknownPayloadKey, codec_of

KEYS = {"2025": bytes(32), "2026": bytes(range(32))}
PAYLOAD = Payload(metadata={"encoding": b"json/plain"}, data='{"enterprise_name":"某某物流"}'.encode())


async def test_what_is_encrypted_comes_back_the_same() -> None:
    codec = EncryptionCodec(KEYS, "2026")
    [sealed] = await codec.encode([PAYLOAD])
    assert PAYLOAD.data not in sealed.data
    assert sealed.metadata[KEY_ID] == b"2026"
    assert await codec.decode([sealed]) == [PAYLOAD]


async def test_a_large_payload_is_kept_small_and_comes_back_the_same() -> None:
    rules = Payload(metadata={"encoding": b"json/plain"}, data=b'{"stage":"panel","seats":3}' * 100)
    codec = EncryptionCodec(KEYS, "2026")
    [sealed] = await codec.encode([rules])
    assert len(sealed.data) < len(rules.data) / 4
    assert await codec.decode([sealed]) == [rules]


async def test_same_payload_is_never_encrypted_the_same_way() -> None:
    one, other = await EncryptionCodec(KEYS, "2026").encode([PAYLOAD, PAYLOAD])
    assert one.data != other.data


async def test_old_keys_go_on_decrypting_after_the_rotation() -> None:
    [sealed] = await EncryptionCodec({"2025": KEYS["2025"]}, "2025").encode([PAYLOAD])
    rotated = EncryptionCodec(KEYS, "2026")
    assert await rotated.decode([sealed]) == [PAYLOAD]
    assert (await rotated.encode([PAYLOAD]))[0].metadata[KEY_ID] == b"2026"


async def test_unknown_key_is_named() -> None:
    [sealed] = await EncryptionCodec(KEYS, "2026").encode([PAYLOAD])
    with pytest.raises(UnknownPayloadKey, match="2026"):
        await EncryptionCodec({"2025": KEYS["2025"]}, "2025").decode([sealed])


@pytest.mark.parametrize("part", ["nonce", "body", "tag", "key id"])
async def test_tampering_is_found(part: str) -> None:
    [sealed] = await EncryptionCodec(KEYS, "2026").encode([PAYLOAD])
    if part == "key id":
        sealed.metadata[KEY_ID] = b"2025"
    else:
        place = {"nonce": 0, "body": 14, "tag": len(sealed.data) - 1}[part]
        data = bytearray(sealed.data)
        data[place] ^= 1
        sealed.data = bytes(data)
    with pytest.raises(InvalidTag):
        await EncryptionCodec(KEYS, "2026").decode([sealed])


async def test_payload_never_encrypted_passes_as_it_is() -> None:
    assert await EncryptionCodec(KEYS, "2026").decode([PAYLOAD]) == [PAYLOAD]


def settings(key_id: str | None, **keys: bytes) -> Settings:
    encoded = {name: SecretStr(b64encode(key).decode()) for name, key in keys.items()}
    return Settings(payload_keys=encoded, payload_key_id=key_id)


@pytest.mark.parametrize(
    ("key_id", "keys", "message"),
    [
        (None, {}, "LIAISON_PAYLOAD_KEY_ID"),
        ("b", {"a": bytes(32)}, "LIAISON_PAYLOAD_KEY_ID"),
        ("a", {"a": bytes(16)}, "LIAISON_PAYLOAD_KEYS__a must be 32 bytes, not 16"),
    ],
)
def test_nothing_goes_to_temporal_without_a_good_key(key_id: str | None, keys: dict[str, bytes], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        codec_of(settings(key_id, **keys))


async def test_codec_by_settings() -> None:
    codec = codec_of(settings("a", a=KEYS["2025"], b=KEYS["2026"]))
    assert (await codec.encode([PAYLOAD]))[0].metadata[KEY_ID] == b"a"
