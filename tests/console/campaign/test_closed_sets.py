"""What services say of a value that is none of a closed set is put into words for people."""

from uuid import uuid4

import pytest

from chassis.auth.principal import Principal
from contracts.enums import Role
from services.console.backends import Backends, Refused
from tests.console.campaign.conftest import SERVICES, Ministry
from tests.console.conftest import Console


@pytest.mark.parametrize(("language", "words"), [("zh", "请从所列各项中选择"), ("en", "choose one of those listed")])
async def test_without_its_raw_values(ministry: Ministry, console: Console, language: str, words: str) -> None:
    settings = console.settings.model_copy(update={"service_urls": {name: f"http://{name}" for name in SERVICES}})
    officer = Principal(subject="officer", roles=frozenset({Role.OFFICER}))
    review = Backends(settings, ministry.services).caller("review", officer, language)
    with pytest.raises(Refused) as refused:
        await review.post(f"/v1/tasks/{uuid4()}/verdict", {"verdict": "", "opinion": "同意", "version": 1})
    assert refused.value.fields == {"verdict": words}
