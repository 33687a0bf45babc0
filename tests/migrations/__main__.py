"""`python -m tests.migrations`: holds the migrations of all services against the rules; exit code 1 for a fault."""

import sys
from collections.abc import Iterator

from chassis.migrate import scripts_of
from deploy.stack.processes import SERVICES
from tests.migrations.lint import Fault, faults_of
from tests.migrations.releases import RELEASES


def all_faults() -> Iterator[Fault]:
    for service in SERVICES:
        yield from faults_of(scripts_of(service), {version: heads[service] for version, heads in RELEASES.items()})


if __name__ == "__main__":
    found = [str(fault) for fault in all_faults()]
    sys.stderr.write("\n".join(found) + "\n" if found else "Migrations lock nobody out.\n")
    sys.exit(bool(found))
