"""Whether a clock goes as ours does. Tokens are taken up to half a minute beside their time, deadlines are moments."""

from datetime import datetime, timedelta

from deploy.doctor.finding import Finding, good, wrong

MOST_OFF = timedelta(seconds=5)
MEND = "let its host and this one keep time by NTP (timedatectl set-ntp true)"


def compare(subject: str, theirs: datetime, asked: datetime, answered: datetime) -> Finding:
    """`theirs` was read between the two moments of our clock."""
    off = theirs - (asked + (answered - asked) / 2)
    words = f"{abs(off.total_seconds()):.1f} s {'ahead of' if off > timedelta() else 'behind'} ours"
    return wrong(subject, words, MEND) if abs(off) > MOST_OFF else good(subject, words)
