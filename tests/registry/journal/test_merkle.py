"""The tree against its definition in RFC 9162, written here as the RFC has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.journal.hashing import HashName, digest
from services.registry.journal.merkle import Frontier, inclusion_path, root_of_path

NAME = HashName.SHA256
LEAVES = st.lists(st.binary(max_size=8), max_size=40)


def tree_hash(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1."""
    if not leaves:
        return digest(NAME, b"")
    if len(leaves) == 1:
        return digest(NAME, b"\0" + leaves[0])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return digest(NAME, b"\1" + tree_hash(leaves[:split]) + tree_hash(leaves[split:]))


def grown(leaves: list[bytes]) -> Frontier:
    tree = Frontier(NAME)
    for leaf in leaves:
        tree.add(leaf)
    return tree


def test_the_published_roots_of_certificate_transparency() -> None:
    """Known answers of the reference implementation."""
    leaves = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243")]
    assert grown(leaves[:1]).root().hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert grown(leaves[:3]).root().hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert grown(leaves[:6]).root().hex() == "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"


@given(LEAVES)
def test_a_grown_tree_has_the_root_of_the_definition(leaves: list[bytes]) -> None:
    assert grown(leaves).root() == tree_hash(leaves)


@given(LEAVES, st.integers(0, 40))
def test_growing_goes_on_from_a_dump(leaves: list[bytes], at: int) -> None:
    first = grown(leaves[:at])
    again = Frontier(NAME, first.size, first.dump())
    for leaf in leaves[at:]:
        again.add(leaf)
    assert again.root() == tree_hash(leaves)


@given(LEAVES.filter(bool), st.data())
def test_every_path_leads_to_the_root_and_only_from_its_own_place(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion_path(NAME, leaves, index)
    root = tree_hash(leaves)
    assert root_of_path(NAME, leaves[index], index, len(leaves), path) == root
    assert root_of_path(NAME, leaves[index] + b"!", index, len(leaves), path) != root
    assert root_of_path(NAME, leaves[index], index, len(leaves), [*path, bytes(32)]) != root
    other = data.draw(st.integers(0, len(leaves) - 1))
    if leaves[other] != leaves[index]:
        assert root_of_path(NAME, leaves[other], other, len(leaves), path) != root or other == index


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_path_outside_the_tree(index: int, size: int) -> None:
    assert root_of_path(NAME, b"", index, size, []) is None


def test_peaks_must_fit_the_size() -> None:
    with pytest.raises(ValueError, match="peaks"):
        Frontier(NAME, 3, bytes(32))
