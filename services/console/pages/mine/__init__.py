"""What is a person's own: messages, who they are, password, second factor, sessions, language."""

from services.console.pages.mine import account, messages, password, second_factor, sessions
from services.console.web.forms import page_router

router = page_router()
for part in (messages, account, password, second_factor, sessions):
    router.include_router(part.router)
