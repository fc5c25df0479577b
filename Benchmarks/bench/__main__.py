"""`Scripts/bench`: what is measured, and how the result is printed."""

import argparse
import os
import pathlib
import signal
import subprocess
import sys
import typing

from . import layout, measures
from .layout import workspace
from .measures import Plan
from .processes import BenchFailure, say
from .rows import Row, as_json, as_table
from .station import Station

HELP = """
Measures the shipped release binaries beside C programs that do the same, in turns and in one run, on a synthetic town.
A ratio is how much of the reference's speed is reached: the median over the rounds. Use a quiet machine.
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="Scripts/bench", description=HELP)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--quick", action="store_true", help="a small town and few runs: shows that everything works")
    parser.add_argument("--only", metavar="NAME", default="", help="rows whose names begin so: pcsc, ledger.import, …")
    parser.add_argument("--residents", type=int, help="size of the town (1000000)")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    return parser.parse_args()


def measure(station: Station, plan: Plan, only: str) -> typing.Iterator[Row]:
    """The wanted rows; what they need is made on the way."""

    def wanted(name: str) -> bool:
        return name.startswith(only) or only.startswith(name)

    parts: list[tuple[tuple[str, ...], typing.Callable[[], typing.Iterator[Row]]]] = [
        (("pcsc.apdu-round-trips",), lambda: measures.apdu(station, plan)),
        (("ledger.import",), lambda: measures.ledger_import(station, plan)),
        (("ledger.lookup-with-statement",), lambda: measures.lookup(station, plan)),
        (("daemon.ready",), lambda: measures.ready(station, plan)),
        (("session", "daemon.idle"), lambda: measures.sessions(station, plan, wanted)),
    ]
    for names, part in parts:
        if not any(map(wanted, names)):
            continue
        say(f"measuring {', '.join(filter(wanted, names))}")
        for row in part():
            if row.name.startswith(only):
                say(f"  {row.name} {row.ours:.4g} {row.unit}" + (f", ratio {row.ratio:.3f}" if row.ratio else ""))
                yield row


def main() -> int:
    asked = arguments()
    # Stopped from outside, the run must still end its processes and remove its directory.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    plan = measures.QUICK if asked.quick else Plan()
    state = pathlib.Path(os.environ.get("ONECARD_STATE", layout.ROOT / ".state"))
    load = os.getloadavg()[0]
    if load > 0.5:
        say(f"the machine is not quiet (load {load:.1f}): trust the ratios more than the numbers")
    try:
        with workspace(state) as space:
            rows = list(measure(Station(space, asked.residents or plan.residents), plan, asked.only))
    except (BenchFailure, subprocess.CalledProcessError) as failure:
        say(f"bench: {failure}")
        return 1
    except KeyboardInterrupt:
        return 130
    if not rows:
        say(f"bench: no row begins with '{asked.only}'")
        return 2
    print(as_json(rows) if asked.json else as_table(rows))
    return 1 if asked.check and not all(row.is_met for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
