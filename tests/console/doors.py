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
    ("GET", "/sign-in/held"): PUBLIC,
    ("POST", "/sign-out"): PUBLIC,
    ("GET", "/sign-in/oidc"): PUBLIC,
    ("GET", "/sign-in/oidc/callback"): PUBLIC,
}

ADMINS, KEEPERS = frozenset({ADMIN}), frozenset({ADMIN, OFFICER})
ADMINISTRATION: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/admin"): KEEPERS,
    ("GET", "/admin/accounts"): ADMINS,
    ("GET", "/admin/accounts/new"): ADMINS,
    ("POST", "/admin/accounts/new"): ADMINS,
    ("GET", "/admin/accounts/{account_id}"): ADMINS,
    ("POST", "/admin/accounts/{account_id}"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/password"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/second-factor"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/provider"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/unlock"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/confirmation"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/sessions"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/close"): ADMINS,
    ("POST", "/admin/accounts/{account_id}/open"): ADMINS,
    ("GET", "/admin/clients"): ADMINS,
    ("POST", "/admin/clients"): ADMINS,
    ("POST", "/admin/clients/{client_id}/active"): ADMINS,
    ("GET", "/admin/authorities"): ADMINS,
    ("GET", "/admin/experts"): KEEPERS,
    ("GET", "/admin/experts/new"): KEEPERS,
    ("POST", "/admin/experts/new"): KEEPERS,
    ("GET", "/admin/experts/{subject}"): KEEPERS,
    ("POST", "/admin/experts/{subject}"): KEEPERS,
    ("GET", "/admin/schemes"): KEEPERS,
    ("GET", "/admin/schemes/new"): KEEPERS,
    ("POST", "/admin/schemes/new"): KEEPERS,
    ("GET", "/admin/schemes/{code}/{version}"): KEEPERS,
    ("GET", "/admin/calendar"): KEEPERS,
    ("GET", "/admin/calendar/{year}"): KEEPERS,
    ("GET", "/admin/calendar/{year}/schedule"): KEEPERS,
    ("POST", "/admin/calendar/{year}/schedule"): KEEPERS,
    ("GET", "/admin/webhooks"): ADMINS,
    ("GET", "/admin/webhooks/new"): ADMINS,
    ("POST", "/admin/webhooks/new"): ADMINS,
    ("GET", "/admin/webhooks/{endpoint_id}"): ADMINS,
    ("POST", "/admin/webhooks/{endpoint_id}/active"): ADMINS,
    ("POST", "/admin/webhooks/{endpoint_id}/removal"): ADMINS,
    ("POST", "/admin/webhooks/{endpoint_id}/deliveries/{delivery_id}/again"): ADMINS,
    ("GET", "/admin/dead-letters"): ADMINS,
    ("GET", "/admin/dead-letters/{queue}"): ADMINS,
    ("POST", "/admin/dead-letters/{queue}/replay"): ADMINS,
    ("POST", "/admin/dead-letters/{queue}/drop"): ADMINS,
    ("GET", "/admin/journal"): KEEPERS,
    ("POST", "/admin/journal"): KEEPERS,
}

APPLICATIONS: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/applications"): frozenset({ENTERPRISE}),
    ("GET", "/applications/new"): frozenset({ENTERPRISE}),
    ("POST", "/applications/new"): frozenset({ENTERPRISE}),
    ("POST", "/applications/new/autosave"): frozenset({ENTERPRISE}),
    ("GET", "/applications/new/review"): frozenset({ENTERPRISE}),
    ("POST", "/applications/new/review"): frozenset({ENTERPRISE}),
    ("GET", "/applications/{nomination_id}"): frozenset({ENTERPRISE}),
    ("GET", "/applications/{nomination_id}/receipt"): frozenset({ENTERPRISE}),
    ("GET", "/applications/{nomination_id}/declaration"): frozenset({ENTERPRISE}),
    ("GET", "/applications/{nomination_id}/correction"): frozenset({ENTERPRISE}),
    ("POST", "/applications/{nomination_id}/correction"): frozenset({ENTERPRISE}),
    ("GET", "/applications/{nomination_id}/withdrawal"): frozenset({ENTERPRISE}),
    ("POST", "/applications/{nomination_id}/withdrawal"): frozenset({ENTERPRISE}),
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
    ("GET", "/decisions/{decision_id}/print"): MINISTRY,
    ("POST", "/decisions/{decision_id}/sign"): BY_DECIDER,
    ("POST", "/decisions/{decision_id}/refusal"): BY_DECIDER,
}

READ_BY_ALL: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/notices"): PUBLIC,
    ("GET", "/notices/{notice_id}"): PUBLIC,
    ("GET", "/notices/{notice_id}/print"): PUBLIC,
    ("GET", "/notices/{notice_id}/objection"): PUBLIC,
    ("POST", "/notices/{notice_id}/objection"): PUBLIC,
    ("GET", "/receipts"): PUBLIC,
    ("POST", "/receipts"): PUBLIC,
    ("GET", "/lists"): PUBLIC,
    ("GET", "/lists/{list_id}"): PUBLIC,
    ("GET", "/lists/{list_id}/export"): PUBLIC,
    ("GET", "/lists/{list_id}/print"): PUBLIC,
    ("GET", "/lists/{list_id}/proof"): PUBLIC,
    ("GET", "/lists/{list_id}/check"): PUBLIC,
    ("GET", "/check"): PUBLIC,
    ("POST", "/check"): PUBLIC,
    ("GET", "/enterprises"): PUBLIC,
    ("GET", "/enterprises/{credit_code}"): PUBLIC,
    ("GET", "/robots.txt"): PUBLIC,
}

INBOX: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/live"): frozenset({OFFICER, AUTHORITY, EXPERT}),
    ("GET", "/inbox"): frozenset({OFFICER, AUTHORITY}),
    ("POST", "/inbox/preview"): frozenset({OFFICER, AUTHORITY}),
    ("POST", "/inbox/verdicts"): frozenset({OFFICER, AUTHORITY}),
    ("GET", "/cases/{nomination_id}"): frozenset({OFFICER, AUTHORITY, DECIDER, EXPERT}),
    ("GET", "/cases/{nomination_id}/print"): frozenset({OFFICER, AUTHORITY, DECIDER, EXPERT}),
    ("POST", "/tasks/{task_id}/verdict"): frozenset({OFFICER, AUTHORITY}),
    ("GET", "/tasks/{task_id}/next"): frozenset({OFFICER, AUTHORITY}),
}

ASSIGNMENTS: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/assignments"): frozenset({EXPERT}),
    ("GET", "/assignments/{task_id}"): frozenset({EXPERT}),
    ("POST", "/assignments/{task_id}/no-interest"): frozenset({EXPERT}),
    ("POST", "/assignments/{task_id}/interest"): frozenset({EXPERT}),
    ("POST", "/assignments/{task_id}"): frozenset({EXPERT}),
    ("GET", "/assignments/{task_id}/confirm"): frozenset({EXPERT}),
    ("POST", "/assignments/{task_id}/confirm"): frozenset({EXPERT}),
}

MINE: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/me"): SIGNED_IN,
    ("POST", "/me/messages/read"): SIGNED_IN - {ADMIN},
    ("POST", "/me/messages/{message_id}/read"): SIGNED_IN - {ADMIN},
    ("GET", "/me/account"): SIGNED_IN,
    ("GET", "/me/language"): SIGNED_IN,
    ("GET", "/me/password"): SIGNED_IN,
    ("POST", "/me/password"): SIGNED_IN,
    ("GET", "/me/second-factor"): SIGNED_IN,
    ("POST", "/me/second-factor"): SIGNED_IN,
    ("POST", "/me/second-factor/removal"): SIGNED_IN,
    ("GET", "/me/sessions"): SIGNED_IN,
    ("POST", "/me/sessions/others/end"): SIGNED_IN,
    ("POST", "/me/sessions/{session_id}/end"): SIGNED_IN,
}

PAGES: dict[tuple[str, str], frozenset[Role]] = {
    **FRAME,
    **ADMINISTRATION,
    **APPLICATIONS,
    **CAMPAIGNS,
    **READ_BY_ALL,
    **INBOX,
    **ASSIGNMENTS,
    **MINE,
}
