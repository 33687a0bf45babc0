"""The base of what callers send."""

from pydantic import ConfigDict

from contracts.model import Model


class Request(Model):
    """A field that doesn't exist is refused: a misspelt one must not be taken for one left out."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
