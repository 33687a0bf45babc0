"""The check of a list names whatever was done to the list, the decision or the path."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from contracts.events.review import Approved, DecisionSigned
from contracts.ids import DecisionId
from contracts.model import Text
from services.registry.content import ListContent, ListedEnterprise, numbered
from services.registry.journal.canonical import canonical, row_digest
from services.registry.journal.hashing import HashName, digest
from services.registry.journal.merkle import Frontier, inclusion_path
from services.registry.proof import Bundle, DecisionProof, ListProof, RootProof, check
from tests.registry.campaign import CASES, Played
from tests.registry.samples import CAMPAIGN, NOON, row

PLAYED = Played(None, cases=CASES)  # type: ignore[arg-type]
DECISION = PLAYED.decision()
Change = Callable[[dict[str, Any]], object]


def listed(approved: Approved) -> ListedEnterprise:
    summary = next(one for one in CASES if one.credit_code == approved.credit_code)
    return ListedEnterprise(number=0, nomination_id=approved.nomination_id, **summary.model_dump(exclude={"central"}))


def content(decision_id: DecisionId = DECISION.decision_id) -> ListContent:
    return ListContent(
        list_id=CAMPAIGN,
        campaign_id=CAMPAIGN,
        decision_id=decision_id,
        document_number="1",
        title=Text(zh="名单", en="List"),
        issuer=Text(zh="部", en="Ministry"),
        year=2022,
        published_at=NOON,
        entries=numbered(listed(approved) for approved in DECISION.approved),
    )


def bundle(name: HashName = HashName.SHA256, event_type: str = DecisionSigned.TYPE) -> Bundle:
    rows = [row(seq, algorithm=name) for seq in range(1, 8)]
    rows[4] = row(5, DECISION.model_dump_json(), type=event_type, algorithm=name)
    digests = [row_digest(one) for one in rows]
    tree = Frontier(name)
    for one in digests:
        tree.add(one)
    text = content().canonical()
    return Bundle(
        list=ListProof(content=text, algorithm=name, digest=digest(name, text.encode()).hex()),
        root=RootProof(root=tree.root().hex(), algorithm=name, last_seq=7),
        decision=DecisionProof(
            row=canonical(rows[4]).decode(), path=tuple(one.hex() for one in inclusion_path(name, digests, 4))
        ),
    )


def changed(change: Change, *, rehash: bool = True) -> Bundle:
    """The bundle with its list changed by one who also corrects the digest."""
    whole = bundle()
    said = orjson.loads(whole.list.content)
    change(said)
    text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    right = hashlib.sha256(text.encode()).hexdigest()
    changes = {"content": text, "digest": right if rehash else whole.list.digest}
    return whole.model_copy(update={"list": whole.list.model_copy(update=changes)})


@pytest.mark.parametrize("name", list(HashName))
def test_the_decided_list_stands(name: HashName) -> None:
    whole = bundle(name)
    assert check(whole, whole.root.root.upper()) == []
    assert check(Bundle.model_validate_json(whole.model_dump_json())) == []


def rename(said: dict[str, Any]) -> None:
    said["entries"][0]["enterprise_name"] = "别的企业"


def recode(said: dict[str, Any]) -> None:
    said["entries"][0]["credit_code"] = "91110000MA00000035"


def slip_in(said: dict[str, Any]) -> None:
    said["entries"].append({**said["entries"][0], "nomination_id": str(CAMPAIGN), "enterprise_name": "混入企业"})


def slip_in_under_anothers_id(said: dict[str, Any]) -> None:
    said["entries"].insert(0, {**said["entries"][0], "credit_code": "X", "enterprise_name": "混入企业"})


@pytest.mark.parametrize(
    ("change", "differences"),
    [
        (rename, ["decided as 91110000MA00000027 中国某某集团有限公司, listed as 91110000MA00000027 别的企业"]),
        (recode, ["decided as 91110000MA00000027", "listed as 91110000MA00000035"]),
        (slip_in, ["listed, but not decided: 91110000MA00000027 混入企业"]),
        (slip_in_under_anothers_id, ["listed as X 混入企业", "but listed 2 times: 91110000MA00000027"]),
        (lambda said: said["entries"].pop(), ["decided, but not listed: 91440000X3EFMCDU1X"]),
        (lambda said: said.update(decision_id=str(CAMPAIGN)), ["the list names decision"]),
        (lambda said: said.update(campaign_id=str(DECISION.decision_id)), ["the list is of campaign"]),
        (lambda said: said.update(year="?"), ["the bundle can't be read"]),
    ],
)
def test_a_changed_list_is_named(change: Change, differences: list[str]) -> None:
    found = check(changed(change))
    for difference in differences:
        assert any(difference in one for one in found), found


def test_a_digest_that_is_not_the_lists_own_is_named() -> None:
    (found,) = check(changed(lambda said: said.update(document_number="2"), rehash=False))
    assert found.startswith("the list was changed")


def test_another_root_is_named() -> None:
    assert check(bundle(), "0" * 64)[0].endswith("is not the printed one")


def test_a_changed_decision_is_not_under_the_root() -> None:
    whole = bundle()
    decision = whole.decision.model_copy(update={"row": whole.decision.row.replace("decider:li", "decider:me")})
    assert check(whole.model_copy(update={"decision": decision})) == [
        f"row 5 with the decision is not under the root {whole.root.root}"
    ]


@pytest.mark.parametrize("path", [(), ("zz",), ("00" * 32,) * 9])
def test_a_wrong_path_is_named(path: tuple[str, ...]) -> None:
    whole = bundle()
    decision = whole.decision.model_copy(update={"path": path})
    assert "not under the root" in check(whole.model_copy(update={"decision": decision}))[0]


def test_a_row_that_is_no_signed_decision_proves_nothing() -> None:
    assert check(bundle(event_type="review.decision.prepared.v1")) == [
        "row 5 is review.decision.prepared.v1, not a signed decision"
    ]
