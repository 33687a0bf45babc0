"""`liaison import`: uploads a province's XLSX or CSV, and says what became of each row."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from deploy.console import Json, fail, people, write_json

SHOWN = 20
PATIENCE = 300.0
Report = dict[str, Any]


def import_(
    file: Annotated[
        Path, typer.Argument(help="XLSX or CSV, with the columns of the form.", exists=True, dir_okay=False)
    ],
    campaign: Annotated[UUID, typer.Option(help="Id of the campaign.")],
    token: Annotated[
        str | None, typer.Option(envvar="LIAISON_TOKEN", help="Of the authority or officer who sends it in.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Send a file of nominations in. Without a token it goes in as an officer's, with this installation's key.

    Good rows are filed in one transaction; sending the same file again changes nothing.
    """
    report = _upload(file, campaign, token or _officers_token())
    if as_json:
        write_json(report)
    else:
        _tell(report)


def _officers_token() -> str:
    from chassis.auth.principal import Principal
    from chassis.auth.tokens import signer_of
    from chassis.settings import Settings
    from contracts.enums import Role

    try:
        return signer_of(Settings()).sign(Principal(subject="liaison-import", roles=frozenset({Role.OFFICER})))
    except LookupError as error:
        fail(f"{error.args[0]}. Start the stack with `liaison up`, or give --token.")


def _upload(file: Path, campaign: UUID, token: str) -> Report:
    import httpx
    import rich.progress

    headers = {"Authorization": f"Bearer {token}"}
    try:
        with rich.progress.open(file, "rb", description=file.name, console=people) as content:
            response = httpx.post(
                f"{_filing()}/v1/imports",
                data={"campaign_id": str(campaign)},
                files={"file": (file.name, content)},
                headers=headers,
                timeout=PATIENCE,
                trust_env=False,
            )
    except httpx.TransportError as error:
        fail(f"filing does not answer: {error}")
    if response.is_error:
        fail(_refusal(response.json()))
    report: Report = response.json()
    return report


def _filing() -> str:
    from chassis.settings import Settings

    urls = Settings().service_urls
    if "filing" not in urls:
        fail("LIAISON_SERVICE_URLS__FILING is not set. Start the stack with `liaison up`, or set it.")
    return str(urls["filing"]).rstrip("/")


def _refusal(problem: dict[str, Any]) -> str:
    errors = [f"  {error['field']}: {error['message']}" for error in problem.get("errors", [])]
    return "\n".join([f"{problem['title']} ({problem['code']})", problem.get("detail", ""), *errors])


def _tell(report: Report) -> None:
    from rich.markup import escape
    from rich.table import Table

    counts = f"{report['filed']} filed, {report['existing']} there already, {report['refused']} refused"
    people.print(f"{report['rows']} rows: {counts}")
    refused = [row for row in report["report"] if row["errors"]]
    if not refused:
        return
    rules = Counter(error["rule"] for row in refused for error in row["errors"])
    people.print(", ".join(f"{rule}: {count}" for rule, count in rules.most_common()), markup=False)
    table = Table("row", "enterprise", "why")
    for row in refused[:SHOWN]:
        reasons = "\n".join(error["message"] for error in row["errors"])
        table.add_row(str(row["row"]), escape(row["enterprise_name"] or ""), escape(reasons))
    people.print(table)
    if len(refused) > SHOWN:
        people.print(f"and {len(refused) - SHOWN} more; --json shows all")
