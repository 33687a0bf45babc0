"""What the demo shows at its end: the list as files, the numbers, why others failed, the timings."""

from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from deploy.demo.play import Play

FORMATS = ("xlsx", "html", "csv")


async def save_list(play: Play, folder: Path) -> dict[str, str]:
    """The published list in every form, and the bundle that proves it; returns the files by form."""
    folder.mkdir(parents=True, exist_ok=True)
    reader, path = play.services.public(), f"/v1/lists/{play.published['id']}"
    files = {}
    for form in FORMATS:
        answer = await reader.send(
            "GET", "registry", f"{path}/export", params={"format": form}, headers={"Accept-Language": "zh"}
        )
        files[form] = folder / f"list.{form}"
        files[form].write_bytes(answer.content)
    files["proof"] = folder / "list-proof.json"
    files["proof"].write_bytes((await reader.send("GET", "registry", f"{path}/proof")).content)
    return {form: str(file) for form, file in files.items()}


async def result(play: Play, files: dict[str, str]) -> dict[str, Any]:
    """The numbers of the campaign, as `--json` prints them."""
    summary = await play.summary()
    published = play.published
    return {
        "campaign_id": play.campaign_id,
        "rows": sum(report["rows"] for report in play.imports),
        "nominated": summary["nominations"],
        "refused_at_the_door": dict(_refusals(play)),
        "statuses": summary["statuses"],
        "failures": summary["failures"],
        "objections": play.objections,
        "listed": published["entry_count"],
        "document_number": published["document_number"],
        "journal_root": published["journal_root"],
        "seconds": play.timings,
        "files": files,
    }


def show(console: Console, result: dict[str, Any]) -> None:
    console.print()
    console.print(_table("Nominations", "status", result["statuses"]))
    failures = {f"{f['stage'] or '-'}: {f['cause']}": f["nominations"] for f in result["failures"]}
    console.print(_table("Why others failed", "stage: cause", failures))
    console.print(_table("Refused at the door", "rule", result["refused_at_the_door"]))
    console.print(_table("Seconds from the beginning", "reached", result["seconds"]))
    console.print(f"Published: {result['document_number']}, {result['listed']} enterprises")
    console.print(f"Journal root: {result['journal_root']}")
    for form, file in result["files"].items():
        console.print(f"  {form:6} {file}")


def _refusals(play: Play) -> Counter[str]:
    """Rows refused at import, by the rule they broke first."""
    rules: Counter[str] = Counter()
    for report in play.imports:
        for row in report["report"]:
            if row["errors"]:
                rules[row["errors"][0]["rule"]] += 1
    return rules


def _table(title: str, what: str, numbers: dict[str, Any]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(what)
    table.add_column("number", justify="right")
    for name, number in numbers.items():
        table.add_row(name, str(number))
    return table
