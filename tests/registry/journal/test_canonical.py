"""The canonical form must never change: digests of years depend on it."""

import json
from datetime import datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.registry.journal.canonical import canonical, row_digest
from tests.registry.samples import NOON, row

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_form_is_kept() -> None:
    kept = row(7, '{"a": 1}', nomination_id=UUID(int=3), authority_code="410000", correlation_id="c")
    assert canonical(kept).decode() == (
        '{"actor":"officer:张三","algorithm":"sha256","authority_code":"410000","campaign_id":null,'
        '"correlation_id":"c","credit_code":"91410000CY2XD8E58U","data":"{\\"a\\": 1}",'
        '"event_id":"00000000-0000-0000-0000-000000000007","key_id":"first",'
        '"nomination_id":"00000000-0000-0000-0000-000000000003","received_at":"2022-09-06T04:00:00.123456+00:00",'
        '"seq":7,"source":"urn:liaison:test","subject":"nomination/1","time":"2022-09-06T04:00:00.123456+00:00",'
        '"type":"filing.nomination.lapsed.v1"}'
    )
    assert row_digest(kept).hex() == "a793db5ab47ebb16502279ac80a002bc42a337029689b0b29d4edb5b9285ed87"


@given(TEXT, TEXT)
def test_it_is_json_with_sorted_keys_and_no_blanks(data: str, actor: str) -> None:
    form = canonical(row(1, data, actor=actor))
    read = json.loads(form)
    assert (read["data"], read["actor"]) == (data, actor)
    assert json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == form


def test_one_moment_has_one_form_in_every_time_zone() -> None:
    in_china: datetime = NOON.astimezone(timezone(timedelta(hours=8)))
    assert canonical(row(1, time=in_china)) == canonical(row(1))
