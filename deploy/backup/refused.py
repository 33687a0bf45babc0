"""Why nothing was done."""


class Refused(Exception):  # noqa: N818 - named for what happened
    """A backup or a restore that would lose or overwrite something; says what, and the way on."""
