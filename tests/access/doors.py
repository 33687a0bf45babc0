"""Who may knock at which door. A new endpoint without a line here fails the walk."""

from contracts.enums import Role
from deploy.stack.processes import SERVICES

ENTERPRISE, AUTHORITY, EXPERT, OFFICER = Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER
DECIDER, ADMIN, SERVICE = Role.DECIDER, Role.ADMIN, Role.SERVICE
EVERYBODY = frozenset(Role)
PUBLIC: frozenset[Role] = frozenset()
APPLICANTS = frozenset({ENTERPRISE, AUTHORITY, OFFICER})
MINISTRY = frozenset({OFFICER, DECIDER})
READERS = frozenset({AUTHORITY, EXPERT, OFFICER, DECIDER})
PEOPLE = frozenset({ENTERPRISE, AUTHORITY, EXPERT, OFFICER, DECIDER})
KEEPERS = frozenset({OFFICER, ADMIN})
HOOKS = frozenset({AUTHORITY, ADMIN})

API_SERVICES = tuple(service for service in SERVICES if service != "console")
"""The console has pages: tests/console/doors.py."""

DOORS: dict[tuple[str, str, str], frozenset[Role]] = {
    ("filing", "POST", "/v1/schemes"): frozenset({OFFICER}),
    ("filing", "GET", "/v1/schemes"): EVERYBODY,
    ("filing", "POST", "/v1/schemes/check"): KEEPERS,
    ("filing", "GET", "/v1/schemes/{code}/{version}"): EVERYBODY,
    ("filing", "POST", "/v1/campaigns"): frozenset({OFFICER}),
    ("filing", "GET", "/v1/campaigns"): EVERYBODY,
    ("filing", "GET", "/v1/campaigns/{campaign_id}"): EVERYBODY,
    ("filing", "GET", "/v1/campaigns/{campaign_id}/summary"): MINISTRY | {AUTHORITY},
    ("filing", "POST", "/v1/nominations"): APPLICANTS,
    ("filing", "GET", "/v1/nominations"): APPLICANTS | {DECIDER},
    ("filing", "GET", "/v1/nominations/counts"): APPLICANTS | {DECIDER},
    ("filing", "GET", "/v1/nominations/{nomination_id}"): PEOPLE,
    ("filing", "GET", "/v1/nominations/{nomination_id}/contact"): frozenset({SERVICE}),
    ("filing", "POST", "/v1/nominations/{nomination_id}/correction"): APPLICANTS,
    ("filing", "PUT", "/v1/nominations/{nomination_id}/correction"): APPLICANTS,
    ("filing", "POST", "/v1/nominations/{nomination_id}/withdrawal"): APPLICANTS,
    ("filing", "POST", "/v1/imports"): frozenset({AUTHORITY, OFFICER}),
    ("filing", "GET", "/v1/declarations/form"): PUBLIC,
    ("filing", "POST", "/v1/declarations/check"): APPLICANTS,
    ("filing", "GET", "/v1/drafts/{campaign_id}"): frozenset({ENTERPRISE}),
    ("filing", "PUT", "/v1/drafts/{campaign_id}"): frozenset({ENTERPRISE}),
    ("filing", "DELETE", "/v1/drafts/{campaign_id}"): frozenset({ENTERPRISE}),
    ("review", "GET", "/v1/tasks"): READERS,
    ("review", "GET", "/v1/tasks/counts"): READERS,
    ("review", "GET", "/v1/tasks/{task_id}"): READERS,
    ("review", "POST", "/v1/tasks/{task_id}/verdict"): frozenset({AUTHORITY, OFFICER}),
    ("review", "POST", "/v1/verdicts"): frozenset({AUTHORITY, OFFICER}),
    ("review", "POST", "/v1/tasks/{task_id}/scores"): frozenset({EXPERT}),
    ("review", "GET", "/v1/tasks/{task_id}/next"): READERS,
    ("review", "PUT", "/v1/tasks/{task_id}/draft"): frozenset({EXPERT}),
    ("review", "POST", "/v1/tasks/{task_id}/interest"): frozenset({EXPERT}),
    ("review", "POST", "/v1/tasks/{task_id}/no-interest"): frozenset({EXPERT}),
    ("review", "GET", "/v1/cases"): MINISTRY | {AUTHORITY},
    ("review", "GET", "/v1/cases/{nomination_id}"): READERS,
    ("review", "GET", "/v1/campaigns/{campaign_id}/progress"): MINISTRY,
    ("review", "GET", "/v1/campaigns/{campaign_id}/ranking"): MINISTRY,
    ("review", "GET", "/v1/campaigns/{campaign_id}/late"): MINISTRY | {AUTHORITY},
    ("review", "GET", "/v1/campaigns/{campaign_id}/pool"): MINISTRY,
    ("review", "POST", "/v1/experts"): KEEPERS,
    ("review", "GET", "/v1/experts"): KEEPERS,
    ("review", "GET", "/v1/experts/{subject}"): KEEPERS,
    ("review", "PATCH", "/v1/experts/{subject}"): KEEPERS,
    ("review", "GET", "/v1/calendar/{year}"): PUBLIC,
    ("review", "PUT", "/v1/calendar/{year}"): KEEPERS,
    ("review", "POST", "/v1/notices"): frozenset({OFFICER}),
    ("review", "GET", "/v1/notices"): PUBLIC,
    ("review", "GET", "/v1/notices/{notice_id}"): PUBLIC,
    ("review", "GET", "/v1/notices/{notice_id}/summary"): PUBLIC,
    ("review", "GET", "/v1/notices/{notice_id}/enterprises"): PUBLIC,
    ("review", "GET", "/v1/notices/{notice_id}/enterprises/{credit_code}"): PUBLIC,
    ("review", "POST", "/v1/notices/{notice_id}/objections"): PUBLIC,
    ("review", "GET", "/v1/objections/{receipt}"): PUBLIC,
    ("review", "GET", "/v1/objections"): MINISTRY,
    ("review", "GET", "/v1/objections/by-id/{objection_id}"): MINISTRY,
    ("review", "POST", "/v1/objections/{objection_id}/resolution"): frozenset({OFFICER}),
    ("review", "POST", "/v1/decisions"): frozenset({OFFICER}),
    ("review", "GET", "/v1/decisions"): MINISTRY,
    ("review", "GET", "/v1/decisions/{decision_id}"): MINISTRY,
    ("review", "GET", "/v1/decisions/{decision_id}/summary"): MINISTRY,
    ("review", "GET", "/v1/decisions/{decision_id}/entries"): MINISTRY,
    ("review", "POST", "/v1/decisions/{decision_id}/sign"): frozenset({DECIDER}),
    ("review", "POST", "/v1/decisions/{decision_id}/refusal"): frozenset({DECIDER}),
    ("review", "GET", "/v1/waiting"): MINISTRY,
    ("registry", "POST", "/v1/lists"): frozenset({OFFICER}),
    ("registry", "GET", "/v1/lists"): PUBLIC,
    ("registry", "GET", "/v1/lists/{list_id}"): PUBLIC,
    ("registry", "GET", "/v1/lists/{list_id}/export"): PUBLIC,
    ("registry", "GET", "/v1/lists/{list_id}/proof"): PUBLIC,
    ("registry", "GET", "/v1/lists/{list_id}/check"): PUBLIC,
    ("registry", "POST", "/v1/lists/check"): PUBLIC,
    ("registry", "GET", "/v1/enterprises"): PUBLIC,
    ("registry", "GET", "/v1/enterprises/{credit_code}"): PUBLIC,
    ("registry", "GET", "/v1/journal"): MINISTRY | {AUTHORITY, ENTERPRISE},
    ("registry", "GET", "/v1/journal/roots"): PUBLIC,
    ("registry", "POST", "/v1/journal/verification"): KEEPERS,
    ("notify", "GET", "/v1/messages"): PEOPLE,
    ("notify", "GET", "/v1/messages/counts"): PEOPLE,
    ("notify", "POST", "/v1/messages/read"): PEOPLE,
    ("notify", "POST", "/v1/messages/{message_id}/read"): PEOPLE,
    ("notify", "POST", "/v1/webhooks"): HOOKS,
    ("notify", "GET", "/v1/webhooks"): HOOKS,
    ("notify", "GET", "/v1/webhooks/{endpoint_id}"): HOOKS,
    ("notify", "PATCH", "/v1/webhooks/{endpoint_id}"): HOOKS,
    ("notify", "DELETE", "/v1/webhooks/{endpoint_id}"): HOOKS,
    ("notify", "GET", "/v1/webhooks/{endpoint_id}/deliveries"): HOOKS,
    ("notify", "POST", "/v1/webhooks/{endpoint_id}/deliveries/{delivery_id}/again"): HOOKS,
}

SCOPED = frozenset({AUTHORITY, ENTERPRISE, EXPERT})
"""Roles that act for somebody: what is another's must stay closed to them."""

UNSCOPED = frozenset(
    {
        ("filing", "GET", "/v1/schemes"),
        ("filing", "GET", "/v1/schemes/{code}/{version}"),
        ("filing", "GET", "/v1/campaigns"),
        ("filing", "GET", "/v1/campaigns/{campaign_id}"),
    }
)
"""What everybody who has signed in may read alike."""
