"""What is sealed opens only for its own row, unchanged, with its own key."""

import base64

import pytest
from pydantic import SecretStr, ValidationError

from chassis.ids import new_id
from services.review.objections.sealed import Objector, Seal
from services.review.settings import ReviewSettings
from tests.review.batches import KEY

OBJECTOR = Objector(name="赵异议", contact="13900001234", text="不实")
ROW = new_id()


def test_it_opens_as_it_was() -> None:
    seal = Seal(SecretStr(KEY))
    assert seal.open(seal.close(OBJECTOR, ROW), ROW) == OBJECTOR
    assert seal.close(OBJECTOR, ROW) != seal.close(OBJECTOR, ROW)


def test_it_does_not_open_changed_moved_or_by_another_key() -> None:
    seal, other = Seal(SecretStr(KEY)), Seal(SecretStr(base64.b64encode(b"x" * 32).decode()))
    sealed = seal.close(OBJECTOR, ROW)
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for opener, blob, row in ((seal, changed, ROW), (seal, sealed, new_id()), (other, sealed, ROW)):
        with pytest.raises(ValueError, match="can't be opened"):
            opener.open(blob, row)


@pytest.mark.parametrize("key", ["", "not base64!", base64.b64encode(b"too short").decode()])
def test_a_wrong_key_is_refused_at_the_start(key: str) -> None:
    with pytest.raises(ValidationError, match="base64 of 32 bytes"):
        ReviewSettings(personal_key=SecretStr(key))


def test_without_a_key_nothing_is_sealed_or_opened() -> None:
    with pytest.raises(LookupError, match="LIAISON_PERSONAL_KEY"):
        ReviewSettings(personal_key=None).seal()
