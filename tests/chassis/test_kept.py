"""What is made once is made once, and no more is kept than was said."""

import asyncio

import pytest

from chassis.kept import Kept


class Maker:
    """Doubles a number, slowly, and remembers which."""

    def __init__(self) -> None:
        self.made: list[int] = []

    async def double(self, number: int) -> int:
        self.made.append(number)
        await asyncio.sleep(0)
        if number < 0:
            raise ValueError(number)
        return 2 * number


async def test_all_who_ask_at_once_get_what_one_of_them_made() -> None:
    kept, maker = Kept[int, int](2), Maker()
    asked = await asyncio.gather(*(kept.get(1, lambda: maker.double(1)) for _ in range(5)))
    assert (asked, maker.made) == ([2] * 5, [1])


async def test_what_was_used_last_stays() -> None:
    kept, maker = Kept[int, int](2), Maker()
    for number in (1, 2, 1, 3, 1, 2):
        assert await kept.get(number, lambda number=number: maker.double(number)) == 2 * number  # type: ignore[misc]
    assert maker.made == [1, 2, 3, 2]


async def test_what_fails_is_tried_again() -> None:
    kept, maker = Kept[int, int](2), Maker()
    for _ in range(2):
        with pytest.raises(ValueError, match="-1"):
            await kept.get(-1, lambda: maker.double(-1))
    assert maker.made == [-1, -1]
