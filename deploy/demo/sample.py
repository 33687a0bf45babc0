"""The provinces' files: the sample of 412 enterprises, split as each authority would send its own."""

import csv
import io
from collections import defaultdict
from pathlib import Path

SAMPLE = Path("data/samples/nominations_2022.csv")
CODE = "推荐单位代码"
MINISTRY = ""


def files_by_authority(sample: Path = SAMPLE, most: int | None = None) -> dict[str, bytes]:
    """A CSV file by authority code, as UTF-8 with a byte order mark; `MINISTRY` is the key of the central enterprises.

    `most` limits the number of rows, for a smaller campaign.
    """
    with sample.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        titles = list(reader.fieldnames or ())
        rows = list(reader)[:most]
    by_authority: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_authority[row[CODE]].append(row)
    return {authority: _csv(titles, own) for authority, own in sorted(by_authority.items())}


def rows_of(file: bytes, most: int) -> bytes:
    """The same file with its first rows only."""
    return b"".join(file.splitlines(keepends=True)[: most + 1])


def _csv(titles: list[str], rows: list[dict[str, str]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, titles)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode("utf-8-sig")
