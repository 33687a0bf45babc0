"""The other services, called in the name of the person at the page."""

from services.console.backends.caller import Away, Backends, Caller, Refused

__all__ = ["Away", "Backends", "Caller", "Refused"]
