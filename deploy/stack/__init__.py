"""The whole platform on this machine: its servers, its databases, its processes."""

from deploy.stack.settings import StackSettings
from deploy.stack.stack import Stack

__all__ = ["Stack", "StackSettings"]
