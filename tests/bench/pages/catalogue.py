"""Which pages are measured, and who looks at each. `{place}` is a place of `places.py`."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Who(StrEnum):
    """Of the enterprises one is listed, one has to correct its declaration, and one has not applied yet."""

    PUBLIC = "public"
    OFFICER = "officer"
    DECIDER = "decider"
    ADMIN = "admin"
    STAFF = "staff"
    EXPERT = "expert"
    LISTED = "listed"
    RETURNED = "returned"
    NEWCOMER = "newcomer"


class Page(NamedTuple):
    who: Who
    path: str


def _pages(who: Who, *paths: str) -> Iterable[Page]:
    return (Page(who, path) for path in paths)


PAGES = (
    *_pages(
        Who.PUBLIC,
        "/",
        "/sign-in",
        "/notices",
        "/notices/{notice}",
        "/notices/{notice}/print",
        "/notices/{notice}/objection",
        "/receipts",
        "/lists",
        "/lists/{list}",
        "/lists/{list}?q=供应链",
        "/lists/{list}/print",
        "/lists/{list}/check",
        "/check",
        "/enterprises",
        "/enterprises?q=供应链",
        "/enterprises/{credit_code}",
        "/robots.txt",
    ),
    *_pages(
        Who.OFFICER,
        "/",
        "/inbox",
        "/inbox?whose=authorities",
        "/inbox?state=done",
        "/cases/{case}",
        "/cases/{case}/print",
        "/campaigns",
        "/campaigns/new",
        "/campaigns/{campaign}",
        "/campaigns/{campaign}/cases",
        "/campaigns/{campaign}/cases?q=供应链",
        "/campaigns/{campaign}/ranking",
        "/campaigns/{campaign}/late",
        "/campaigns/{campaign}/notices/new",
        "/campaigns/{campaign}/decisions/new",
        "/campaigns/{campaign}/list",
        "/objections",
        "/objections/{objection}",
        "/decisions",
        "/admin",
        "/admin/experts",
        "/admin/experts/new",
        "/admin/experts/{expert}",
        "/admin/schemes",
        "/admin/schemes/new",
        "/admin/schemes/{scheme_code}/{scheme_version}",
        "/admin/calendar",
        "/admin/calendar/{year}",
        "/admin/calendar/{year}/schedule",
        "/admin/journal",
    ),
    *_pages(Who.DECIDER, "/", "/decisions/{decision}", "/decisions/{decision}/print", "/cases/{case}"),
    *_pages(
        Who.ADMIN,
        "/admin",
        "/admin/accounts",
        "/admin/accounts/new",
        "/admin/accounts/{account}",
        "/admin/clients",
        "/admin/authorities",
        "/admin/webhooks",
        "/admin/webhooks/new",
        "/admin/dead-letters",
        "/admin/dead-letters/{queue}",
    ),
    *_pages(
        Who.STAFF,
        "/",
        "/inbox",
        "/inbox?state=done",
        "/inbox?q=公司",
        "/tasks/{task}/next",
        "/cases/{own_case}",
        "/cases/{own_case}/print",
        "/me",
        "/me/account",
        "/me/language",
        "/me/password",
        "/me/second-factor",
        "/me/sessions",
    ),
    *_pages(Who.EXPERT, "/", "/assignments", "/assignments/{seat}", "/assignments/{seat}/confirm", "/me"),
    *_pages(
        Who.LISTED,
        "/",
        "/applications",
        "/applications/{listed_case}",
        "/applications/{listed_case}/receipt",
        "/applications/{listed_case}/declaration",
    ),
    *_pages(Who.RETURNED, "/applications/{returned_case}/correction", "/applications/{returned_case}/withdrawal"),
    *_pages(Who.NEWCOMER, "/applications/new?campaign={campaign}", "/applications/new/review?campaign={campaign}"),
)

UNMEASURED = frozenset(
    {
        "/static/{version}/{file:path}",
        "/.well-known/jwks.json",
        "/.well-known/oauth-authorization-server",
        "/sign-in/code",  # these four are seen only half signed in
        "/sign-in/second-factor",
        "/sign-in/password",
        "/sign-in/held",
        "/sign-in/oidc",  # leads to the provider and back
        "/sign-in/oidc/callback",
        "/live",  # has no end
        "/lists/{list_id}/export",  # files are made whole
        "/lists/{list_id}/proof",
        "/admin/webhooks/{endpoint_id}",  # nobody here has an endpoint
    }
)
