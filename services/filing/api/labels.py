"""Routes that take declarations."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from chassis.problems import InvalidRequest
from services.filing.findings import findings


class LabelledRoute(APIRoute):
    """Names wrong fields of a declaration by their labels on the form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def labelled(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise InvalidRequest(errors=findings(error.errors())) from error

        return labelled
