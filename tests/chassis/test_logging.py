"""Logs never show a secret."""

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError

from chassis.logging import mask_secrets
from tests.fixtures.databases import MakeDatabase


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        ({"password": "hunter2"}, {"password": "***"}),
        ({"webhook_secret": "whsec_x"}, {"webhook_secret": "***"}),
        ({"url": "amqp://liaison:pa55@host:5672/v"}, {"url": "amqp://liaison:***host:5672/v"}),
        ({"header": "Bearer abc.def"}, {"header": "Bearer ***"}),
        ({"seen": "got eyJhbGciOi.eyJzdWIi.sig"}, {"seen": "got eyJhbGciOi.***"}),
        ({"seen": "signed with whsec_c2Vj+cmV0/w==, twice"}, {"seen": "signed with whsec_***, twice"}),
        ({"stage": "panel", "round": 2}, {"stage": "panel", "round": 2}),
    ],
)
def test_secrets_are_masked(event: dict[str, object], shown: dict[str, object]) -> None:
    assert mask_secrets(None, "info", event) == shown


TABLE = "CREATE TEMP TABLE held (name text NOT NULL, secret text UNIQUE) ON COMMIT DROP"
INSERT = sa.text("INSERT INTO held VALUES (:name, :secret)")


@pytest.mark.parametrize("name", [None, "twice"], ids=["a refused row", "a refused key"])
@pytest.mark.parametrize("secret", ["whsec_c2VjcmV0", "OB-2026-AAAAAAAAAAAA", "王\n小明"])
async def test_a_row_that_the_database_refused_is_not_shown(
    service_database: MakeDatabase, name: str | None, secret: str
) -> None:
    database = await service_database("notify")
    async with database.engine.connect() as connection:
        await connection.execute(sa.text(TABLE))
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(INSERT, [{"name": name, "secret": secret}] * 2)
    event = structlog.processors.format_exc_info(None, "error", {"exc_info": caught.value})
    shown = str(mask_secrets(None, "error", event)["exception"])
    assert "INSERT INTO held" in shown
    assert all(part not in shown for part in secret.split("\n"))
