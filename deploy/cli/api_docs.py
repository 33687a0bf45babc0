"""`liaison api-docs`: writes the API documents."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.console import say


def api_docs(folder: Annotated[Path, typer.Argument(help="Where to.")] = Path("docs/api")) -> None:
    """Write OpenAPI of every service and AsyncAPI of all events."""
    from deploy.api_docs import documents, text_of

    folder.mkdir(parents=True, exist_ok=True)
    for name, found in documents().items():
        (folder / name).write_text(text_of(found))
        say(f"Wrote {folder / name}")
