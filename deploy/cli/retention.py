"""`liaison retention`: personal data go when their term is over."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from deploy.console import Json, fail, people, write_json

BY = "system:operator"
app = typer.Typer(no_args_is_help=True, help="Personal data whose term is over.")
Rules = Annotated[list[str] | None, typer.Option("--rule", help="May be given more than once; without it, all rules.")]


@app.command()
def look(rules: Rules = None, *, as_json: Json = False) -> None:
    """How many would be erased now, by which rule. Nothing is changed."""
    _run(rules, trial=True, as_json=as_json)


@app.command()
def erase(rules: Rules = None, *, as_json: Json = False) -> None:
    """Erase them for good. The journal says that it was done, by which rule and how many, not whose they were."""
    _run(rules, trial=False, as_json=as_json)


def _run(rules: list[str] | None, *, trial: bool, as_json: bool) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from chassis.clock import now
    from chassis.context import acting
    from chassis.settings import Settings
    from deploy.retention.erase import erase as apply
    from deploy.retention.terms import RetentionSettings, Terms

    chosen = set(rules or Terms.model_fields)
    if unknown := chosen - set(Terms.model_fields):
        fail(f"There is no rule {', '.join(sorted(unknown))}. There are {', '.join(Terms.model_fields)}.")
    try:
        with acting(BY):
            erased = asyncio.run(apply(Settings(), RetentionSettings().retention, chosen, now(), trial=trial))
    except (KeyError, LookupError) as missing:
        fail(f"{missing.args[0]}: start the stack with `liaison up`, or set it.")
    except (SQLAlchemyError, OSError) as error:
        fail(f"The database does not answer: {error}")
    if as_json:
        write_json([asdict(one) for one in erased])
    for one in erased:
        done = "to erase" if trial else "erased"
        people.print(f"{one.rule:10} {one.service:9} before {one.before:%Y-%m-%d}: {one.count} {done}")
