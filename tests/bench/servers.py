"""The servers that a stack has started for itself."""

from typing import TypeVar

from deploy.servers.private import PrivateServer
from deploy.stack import Stack

S = TypeVar("S", bound=PrivateServer)


def own(stack: Stack, kind: type[S]) -> S:
    return next(component.own for component in stack.components if isinstance(component.own, kind))
