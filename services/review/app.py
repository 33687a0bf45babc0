"""What the review service is made of."""

from chassis.service import Service
from services.review.activities import orders
from services.review.api import (
    calendar,
    campaigns,
    cases,
    decisions,
    experts,
    notices,
    objections,
    pool,
    tasks,
    waiting,
)
from services.review.metrics import measure_open_work
from services.review.settings import ReviewSettings

SERVICE = Service(
    name="review",
    title="Review",
    routers=(
        tasks.router,
        cases.router,
        campaigns.router,
        experts.router,
        calendar.router,
        pool.router,
        notices.router,
        objections.router,
        decisions.router,
        waiting.router,
    ),
    settings=ReviewSettings,
    orders=orders,
    loops=(measure_open_work,),
)
