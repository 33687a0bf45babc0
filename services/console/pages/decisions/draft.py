"""A decision as the form holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.console.web.forms import Form


@dataclass(frozen=True)
class Draft:
    """`reasons` by the nominations that are struck, in their order; empty while not given. `seal` is the pool's digest
    as it was shown, `key` the form's own."""

    document_number: str
    reasons: Mapping[str, str]
    key: str
    seal: str = ""

    @property
    def without_reason(self) -> list[str]:
        return [nomination for nomination, reason in self.reasons.items() if not reason]

    def body(self, campaign_id: str) -> dict[str, Any]:
        """For review: all that are not struck, as they were seen, so that nothing is decided on whom nobody saw."""
        return {
            "campaign_id": campaign_id,
            "document_number": self.document_number,
            "approve": "all",
            "reject": [{"nomination_id": nomination, "reason": reason} for nomination, reason in self.reasons.items()],
            "digest": self.seal,
        }

    def errors(self, fields: Mapping[str, str]) -> dict[str, str]:
        """`reject.2.reason`, as review names it, is the third that is struck."""
        struck = list(self.reasons)
        found = {}
        for field, words in fields.items():
            _, _, rest = field.partition("reject.")
            position = rest.partition(".")[0]
            known = position in map(str, range(len(struck)))
            found[f"reason.{struck[int(position)]}" if known else field] = words
        return found


def draft_of(form: Form, key: str) -> Draft:
    reasons = {nomination: form.text(f"reason.{nomination}") for nomination in form.texts("strike")}
    return Draft(form.text("document_number"), reasons, key, form.text("seal"))
