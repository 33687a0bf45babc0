"""What search engines are asked: to show the public pages, and to leave the others."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from chassis.auth.access import PUBLIC

router = APIRouter(include_in_schema=False)
NOT_SEARCHED = ("/sign-in", "/receipts", "/check", "/me", "/oauth/")
RULES = "\n".join(("User-agent: *", *(f"Disallow: {path}" for path in NOT_SEARCHED), "Allow: /", ""))


@router.get("/robots.txt", dependencies=[PUBLIC])
async def robots() -> PlainTextResponse:
    return PlainTextResponse(RULES, headers={"Cache-Control": "public, max-age=86400"})
