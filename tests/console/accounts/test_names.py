"""What people are called, by the logins that services keep."""

from contracts.enums import Role
from services.console.accounts.names import Person, people_called
from tests.console.conftest import Console


async def test_those_who_have_an_account_are_known(console: Console) -> None:
    await console.account(Role.OFFICER, "officer-1", department="流通业发展司")
    await console.account(Role.AUTHORITY, "staff-1")
    async with console.database.transaction() as session:
        found = await people_called(session, {"officer-1", "staff-1", "a-system"})
        assert await people_called(session, set()) == {}
    assert found == {
        "officer-1": Person("某officer", "流通业发展司", None),
        "staff-1": Person("某authority", None, "410000"),
    }
