"""What every version of this code was released with: service → the newest migration it has.

A release adds its line. Migrations of the first one are not checked: they made tables that nobody used yet.
"""

from collections.abc import Mapping

Release = Mapping[str, str]

RELEASES: Mapping[str, Release] = {
    "0.1.0": {"filing": "0004", "review": "0005", "registry": "0002", "notify": "0003", "console": "0004"},
}
