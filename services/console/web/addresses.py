"""Addresses of pages."""

from urllib.parse import quote


def local(path: str) -> str:
    """A path of this site; what would lead to another becomes the front page.

    Browsers take `\\` for `/`, and leave tabs and line ends out before they read an address.
    """
    return path if path.startswith("/") and not path.startswith("//") and _is_plain(path) else "/"


def leading_on(page: str, after: str) -> str:
    """The address of a page that goes on to `after` when it is done."""
    return page if after == "/" else f"{page}?next={quote(after)}"


def _is_plain(path: str) -> bool:
    return path.isprintable() and "\\" not in path
