"""`liaison token`: a token for trying the APIs by hand."""

from datetime import timedelta
from typing import Annotated

import typer

from contracts.enums import Role
from deploy.console import fail


def token(
    role: Annotated[list[Role], typer.Option(help="May be given more than once.")],
    subject: Annotated[str, typer.Option(help="Who: the name of an account.")] = "someone",
    authority: Annotated[str | None, typer.Option(help="GB/T 2260 code of the authority, for its staff.")] = None,
    credit_code: Annotated[str | None, typer.Option(help="Of the enterprise, for its staff.")] = None,
    name: Annotated[str | None, typer.Option(help="To be shown.")] = None,
    hours: Annotated[float, typer.Option(help="How long it is good.", min=0.01, max=24 * 30)] = 8,
) -> None:
    """Write a token that the services of this installation trust."""
    from pydantic import ValidationError

    from chassis.auth.principal import Principal
    from chassis.auth.tokens import signer_of
    from chassis.settings import Settings

    try:
        caller = Principal(
            subject=subject, roles=frozenset(role), authority=authority, credit_code=credit_code, name=name
        )
        typer.echo(signer_of(Settings()).sign(caller, timedelta(hours=hours)))
    except ValidationError as error:
        fail("; ".join(fault["msg"].removeprefix("Value error, ") for fault in error.errors()))
    except LookupError as error:
        fail(f"{error.args[0]}. Start the stack with `liaison up`, or set it.")
