"""The command `liaison`. One module a command, named as it is (`dead_letters.py`: `liaison dead-letters`; a word that
Python keeps for itself gets an underscore: `import_.py`). It has a function of its own name, or, for a group of
commands, `app`, a `typer.Typer`.

A module is imported when its command is called: `liaison serve` is started many times and must start fast.
"""

import os
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import typer
from typer.core import TyperGroup

# Those that the launcher gives their settings, that are the launcher or take its place, or that ask what was set before
# it. All others work beside a running stack, with its settings.
NOT_BESIDE_A_STACK = frozenset({"up", "demo", "serve", "worker", "doctor", "restore", "secrets", "prepare", "provide"})
HANDED = "LIAISON_HANDED"
"""In a container: the folder with what `liaison prepare` handed its process."""


class Commands(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return sorted(_modules())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name; None when there is no such module."""
        name = _modules().get(cmd_name)
        if name is None:
            return None
        module = import_module(f"{__name__}.{name}")
        if hasattr(module, "app"):
            command: Any = typer.main.get_group(module.app)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command()(getattr(module, name))
            command = typer.main.get_command(alone)
        command.name = cmd_name
        return command


def _modules() -> dict[str, str]:
    found = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    return {name.strip("_").replace("_", "-"): name for name in found}


liaison = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)


@liaison.callback()
def describe(context: typer.Context) -> None:
    """Liaison: the key-contact scheme for commerce and logistics enterprises."""
    if HANDED in os.environ:
        _use_kept(Path(os.environ[HANDED]))
    elif context.invoked_subcommand not in NOT_BESIDE_A_STACK:
        from deploy.stack.settings import StackSettings

        _use_kept(StackSettings().state)


def _use_kept(folder: Path) -> None:
    from deploy.stack.environment import use_kept

    use_kept(folder)


def main() -> None:
    liaison(prog_name="liaison")
