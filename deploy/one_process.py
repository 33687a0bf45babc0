"""Runs one process of the platform to its end."""

import gc
import os
import sys
import traceback
from collections.abc import Coroutine
from typing import Any, NoReturn

import uvloop

YOUNG = 7_000
"""New objects until the collector looks at them. With Python's 700 it looks several times in one request."""


def run_and_exit(work: Coroutine[Any, Any, None]) -> NoReturn:
    """Run it, then leave: 1 if it failed."""
    gc.freeze()  # what was imported stays: the collector needn't go through it again and again
    gc.set_threshold(YOUNG, 20)
    code = 0
    try:
        uvloop.run(work)
    except Exception:  # whatever it was, it ends this process, and is shown
        traceback.print_exc()
        code = 1
    leave(code)


def leave(code: int) -> NoReturn:
    """End without the interpreter's own tidying: with Temporal's threads about, that aborts at times
    (`PyGILState_Release`), after all work was done, and would look like a crash."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
