"""Where things are. Everything that a run leaves stands under WORK until the leak test has searched it."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
BINARIES = pathlib.Path(os.environ.get("ONECARD_BIN", ROOT / "Simulators" / ".build" / "release"))
CARDS = ROOT / "Simulators" / "Cards"
POLICY = ROOT / "Policies" / "440700-demo.yaml"

RESULTS = pathlib.Path(os.environ.get("ONECARD_RESULTS", ROOT / "TestResults"))
WORK = RESULTS / "work"
# What the Swift tests of the same run have left, if they ran before.
LEFT = pathlib.Path(os.environ["ONECARD_LEFT"]) if "ONECARD_LEFT" in os.environ else None
SCREENSHOTS = RESULTS / "screenshots"
MEASUREMENTS = RESULTS / "measurements.json"

DIVISION = "440703001001"
ONECARD = BINARIES / "onecard"
ONECARDD = BINARIES / "onecardd"
ONECARD_SIM = BINARIES / "onecard-sim"


def environment(**more: str | None) -> dict[str, str]:
    """The environment of every process of a test: temporary files stay under WORK; None takes a variable away."""
    result = dict(os.environ)
    for name in ("PCSCLITE_CSOCK_NAME", "NOTIFY_SOCKET", "WATCHDOG_USEC", "CREDENTIALS_DIRECTORY"):
        result.pop(name, None)
    temporary = WORK / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    result["TMPDIR"] = str(temporary)
    for name, value in more.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result
