"""PostgreSQL refuses to run as root. Where root starts it, it runs as a plain user of the system."""

import os
import pwd
import shutil
from pathlib import Path

NAMES = ("postgres", "nobody")


def demoted(*needed: Path) -> list[str]:
    """The words to put before a command: none, unless this is root.

    When the plain user has no way to one of the `needed` paths (a checkout under /root, say), the command keeps the one
    capability that opens it, rather than that folder being opened to everybody.
    """
    if os.geteuid() != 0:
        return []
    user = plain_user()
    command = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if not all(_everybody_reaches(path) for path in needed):
        command += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return command


def hand_over(path: Path) -> None:
    """Make the plain user the owner, as the server demands of its data."""
    if os.geteuid() == 0:
        shutil.chown(path, plain_user().pw_uid, plain_user().pw_gid)


def let_through(folder: Path) -> None:
    """Let the plain user pass through the folder to what is its own there, without seeing the rest."""
    if os.geteuid() == 0:
        folder.chmod(0o711)


def plain_user() -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in NAMES if name in known)


def _everybody_reaches(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.resolve().parents])
