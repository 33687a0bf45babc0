"""Large payloads are made small before they are encrypted: what Temporal keeps of a case is mostly rules in JSON."""

import zlib

from temporalio.api.common.v1 import Payload

ENCODING = b"binary/zlib"
WORTH_IT = 400
"""Bytes from which on compression saves more than it costs."""

QUICK = 1  # level of zlib: the higher ones take twice the time for a few percent


def pack(payload: Payload) -> Payload:
    plain = payload.SerializeToString()
    if len(plain) < WORTH_IT:
        return payload
    return Payload(metadata={"encoding": ENCODING}, data=zlib.compress(plain, QUICK))


def unpack(payload: Payload) -> Payload:
    """What was not packed passes as it is."""
    if payload.metadata.get("encoding") != ENCODING:
        return payload
    return Payload.FromString(zlib.decompress(payload.data))
