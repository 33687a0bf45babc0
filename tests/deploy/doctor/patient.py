"""What the doctor's tests share."""

from collections.abc import Sequence

from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding

NOTHING = Deployment(start="liaison up")


def bad(findings: Sequence[Finding]) -> dict[str, Finding]:
    found = {finding.subject: finding for finding in findings if finding.is_bad}
    assert all(finding.mend for finding in found.values())
    return found
