"""`liaison secrets`: the first step of a deployment in containers."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.console import people

Handed = Annotated[Path, typer.Argument(help="Folder with a folder for each who gets something.", file_okay=False)]


def secrets(handed: Handed = Path("/handed")) -> None:
    """Make this installation's secrets, those that are missing, and hand the servers theirs before they first start."""
    from deploy.stack.handed import hand_to_servers
    from deploy.stack.keys import Keys
    from deploy.stack.settings import StackSettings

    settings = StackSettings()
    hand_to_servers(handed, Keys(settings.state / "keys", settings))
    people.print(
        f"The secrets of this installation are in {settings.state / 'keys'}: keep a copy in a safe place",
        soft_wrap=True,
    )
