"""Which page is whose. A new page without a line here fails the walk."""

from contracts.enums import Role
from services.console.accounts.create_account import PEOPLE

ENTERPRISE, AUTHORITY, EXPERT = Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT
OFFICER, DECIDER, ADMIN = Role.OFFICER, Role.DECIDER, Role.ADMIN
PUBLIC: frozenset[Role] = frozenset()
SIGNED_IN = PEOPLE

FRAME: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/static/{version}/{file:path}"): PUBLIC,
    ("GET", "/.well-known/jwks.json"): PUBLIC,
    ("GET", "/.well-known/oauth-authorization-server"): PUBLIC,
    ("POST", "/oauth/token"): PUBLIC,
    ("GET", "/"): PUBLIC,
    ("POST", "/language"): PUBLIC,
    ("GET", "/sign-in"): PUBLIC,
    ("POST", "/sign-in"): PUBLIC,
    ("GET", "/sign-in/code"): PUBLIC,
    ("POST", "/sign-in/code"): PUBLIC,
    ("GET", "/sign-in/second-factor"): PUBLIC,
    ("POST", "/sign-in/second-factor"): PUBLIC,
    ("GET", "/sign-in/password"): PUBLIC,
    ("POST", "/sign-in/password"): PUBLIC,
    ("POST", "/sign-out"): PUBLIC,
}

MINISTRY, BY_OFFICER, BY_DECIDER = frozenset({OFFICER, DECIDER}), frozenset({OFFICER}), frozenset({DECIDER})
CAMPAIGNS: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/campaigns"): MINISTRY,
    ("GET", "/campaigns/new"): BY_OFFICER,
    ("POST", "/campaigns/new"): BY_OFFICER,
    ("GET", "/campaigns/{campaign_id}"): MINISTRY,
    ("GET", "/campaigns/{campaign_id}/cases"): MINISTRY,
    ("GET", "/campaigns/{campaign_id}/ranking"): MINISTRY,
    ("GET", "/campaigns/{campaign_id}/late"): MINISTRY,
    ("GET", "/campaigns/{campaign_id}/notices/new"): BY_OFFICER,
    ("POST", "/campaigns/{campaign_id}/notices/new"): BY_OFFICER,
    ("GET", "/campaigns/{campaign_id}/decisions/new"): BY_OFFICER,
    ("POST", "/campaigns/{campaign_id}/decisions/new"): BY_OFFICER,
    ("GET", "/campaigns/{campaign_id}/list"): BY_OFFICER,
    ("POST", "/campaigns/{campaign_id}/list"): BY_OFFICER,
    ("GET", "/objections"): MINISTRY,
    ("GET", "/objections/{objection_id}"): MINISTRY,
    ("POST", "/objections/{objection_id}"): BY_OFFICER,
    ("GET", "/decisions"): MINISTRY,
    ("GET", "/decisions/{decision_id}"): MINISTRY,
    ("POST", "/decisions/{decision_id}/sign"): BY_DECIDER,
    ("POST", "/decisions/{decision_id}/refusal"): BY_DECIDER,
}

PAGES: dict[tuple[str, str], frozenset[Role]] = {**FRAME, **CAMPAIGNS}
