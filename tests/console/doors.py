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

PAGES: dict[tuple[str, str], frozenset[Role]] = {**FRAME, **APPLICATIONS, **READ_BY_ALL, **INBOX, **ASSIGNMENTS, **MINE}
