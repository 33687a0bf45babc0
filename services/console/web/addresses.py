"""Addresses of pages."""


def local(path: str) -> str:
    """A path of this site; what would lead to another becomes the front page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
