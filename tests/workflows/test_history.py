"""What a case costs Temporal: most of the cost of a campaign is in its events."""

from tests.workflows.parties import Parties
from tests.workflows.scenarios import straight

MOST_EVENTS = 45
MOST_BYTES = 40_000


async def test_case_without_returns_stays_within_its_budget(real_parties: Parties) -> None:
    """Start, two stages opened, four conclusions, two reminders set and never due, the admission."""
    handle = await straight(real_parties)
    history = await handle.fetch_history()
    assert len(history.events) <= MOST_EVENTS
    assert sum(event.ByteSize() for event in history.events) <= MOST_BYTES
