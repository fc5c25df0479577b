"""Waiting on state: never for a time."""

import os
import time
import typing

# How long anything may take before a test gives up, seconds; generous, since a test machine may be slow. The limits that
# the product must keep are asserted by the tests themselves.
PATIENCE = float(os.environ.get("ONECARD_PATIENCE", "20"))

Value = typing.TypeVar("Value")


def wait_until(
    condition: typing.Callable[[], Value], what: str, seconds: float = PATIENCE, every: float = 0.01
) -> Value:
    """Returns the first true value of `condition`, or fails telling what was awaited."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(every)  # between two looks at the state


def holds_for(condition: typing.Callable[[], bool], seconds: float, every: float = 0.01) -> bool:
    """Whether `condition` stays true for that time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not condition():
            return False
        time.sleep(every)  # between two looks at the state
    return True
