"""Logs never show a secret."""

import pytest

from chassis.logging import mask_secrets


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        ({"password": "hunter2"}, {"password": "***"}),
        ({"webhook_secret": "whsec_x"}, {"webhook_secret": "***"}),
        ({"url": "amqp://liaison:pa55@host:5672/v"}, {"url": "amqp://liaison:***host:5672/v"}),
        ({"header": "Bearer abc.def"}, {"header": "Bearer ***"}),
        ({"seen": "got eyJhbGciOi.eyJzdWIi.sig"}, {"seen": "got eyJhbGciOi.***"}),
        ({"stage": "panel", "round": 2}, {"stage": "panel", "round": 2}),
    ],
)
def test_secrets_are_masked(event: dict[str, object], shown: dict[str, object]) -> None:
    assert mask_secrets(None, "info", event) == shown
