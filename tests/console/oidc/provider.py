"""The process of an identity provider: Canaille, with its people in memory and the console as its client.

`python -m tests.console.oidc.provider PORT CALLBACK`
"""

import sys
from typing import Any

CLIENT, SECRET = "liaison", "a-secret-of-the-test"
PEOPLE = ("zhang", "closed", "local", "lin", "nobody")
PASSWORD = "a long enough passphrase"


def main(port: int, callback: str) -> None:
    import canaille
    from canaille.app import models
    from canaille.backends.memory.backend import MemoryBackend
    from werkzeug.serving import make_server

    class Memory(MemoryBackend):  # type: ignore[misc]
        """Canaille's own finds what fits any condition: of two codes that are open it may take the wrong one."""

        __module__ = MemoryBackend.__module__  # beside which it looks for its models

        def do_query(self, model: Any, *args: Any, **conditions: Any) -> list[Any]:
            found = super().do_query(model, **conditions)
            each = [{one.id for one in super(Memory, self).do_query(model, **{k: v})} for k, v in conditions.items()]
            return [one for one in found if all(one.id in ids for ids in each)]

    settings = _settings(port)
    app = canaille.create_app(config=settings, backend=Memory(settings))
    with app.app_context(), app.backend.session():
        for login in PEOPLE:
            app.backend.save(models.User(user_name=login, family_name=login, password=PASSWORD))
        client = models.Client(**_client(callback))
        app.backend.save(client)
        client.audience = [client]
        app.backend.save(client)
    make_server("127.0.0.1", port, app).serve_forever()


def _settings(port: int) -> dict[str, Any]:
    return {
        "SECRET_KEY": "of the test",
        "SERVER_NAME": f"127.0.0.1:{port}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory"},
        "CANAILLE_OIDC": {"USERINFO_MAPPING": {"PREFERRED_USERNAME": "{{ user.user_name }}"}},
    }


def _client(callback: str) -> dict[str, Any]:
    """Its address makes it trusted: nobody is asked for consent."""
    return {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "client_name": "Liaison",
        "client_uri": "http://127.0.0.1",
        "redirect_uris": [callback],
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "scope": ["openid", "profile"],
        "token_endpoint_auth_method": "client_secret_basic",
        "id_token_signed_response_alg": "RS256",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
