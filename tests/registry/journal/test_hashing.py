"""Known answers: NIST for SHA-256, GB/T 32905-2016 for SM3, RFC 4231 for HMAC."""

import pytest

from services.registry.journal.hashing import HashName, digest, keyed


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (HashName.SHA256, b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (HashName.SM3, b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (HashName.SM3, b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_digest(name: HashName, data: bytes, expected: str) -> None:
    assert digest(name, data).hex() == expected


def test_hmac_sha256() -> None:
    assert keyed(HashName.SHA256, b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_hmac_sm3_is_rfc_2104_over_sm3() -> None:
    key, data = b"key of less than a block", b"some data"
    inner, outer = (bytes(byte ^ pad for byte in key.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    expected = digest(HashName.SM3, outer + digest(HashName.SM3, inner + data))
    assert keyed(HashName.SM3, key, data) == expected
