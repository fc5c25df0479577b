"""Where things are: the checkout, the built programs, and the directory of one run."""

import contextlib
import pathlib
import shutil
import subprocess
import tempfile
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELEASE = ROOT / "Simulators" / ".build" / "release"
REFERENCE = ROOT / "Benchmarks" / "Reference"

ONECARD = RELEASE / "onecard"
ONECARDD = RELEASE / "onecardd"
ONECARD_SIM = RELEASE / "onecard-sim"
OURS = ROOT / "Benchmarks" / ".build" / "release" / "onecard-bench"
CARDS = ROOT / "Simulators" / "Cards"
POLICY = ROOT / "Policies" / "440700-demo.yaml"

FLAGS = ["-O2", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-Wno-deprecated-declarations", "-pthread"]
PROGRAMS = {
    "apdu_rounds": (["support.c"], ["libpcsclite", "libcrypto"]),
    "ledger_import": (
        ["support.c", "manifest.c", "snapshot.c", "cursor.c", "rows.c", "records.c", "store.c"], ["sqlite3", "libcrypto"],
    ),
    "ledger_lookup": (["support.c"], ["sqlite3", "libcrypto"]),
}


class Workspace:
    """The directory of one run."""

    def __init__(self, directory: pathlib.Path):
        self.directory = directory
        self.keys = directory / "keys"
        self.configuration = directory / "station.yaml"
        self.ledger_directory = directory / "station" / "ledger"
        self.cards = directory / "cards"
        self.people = directory / "people"
        self.town = directory / "town.ledger"

    def program(self, name: str) -> pathlib.Path:
        """A reference program, compiled when it is first asked for."""
        built = self.directory / name
        if not built.exists():
            sources, packages = PROGRAMS[name]
            self._compile([f"{name}.c", *sources], packages, built, [])
        return built

    def transmit_clock(self) -> pathlib.Path:
        """The library that measures the time inside SCardTransmit."""
        built = self.directory / "transmit_clock.so"
        if not built.exists():
            self._compile(["transmit_clock.c"], ["libpcsclite"], built, ["-shared", "-fPIC"])
        return built

    @staticmethod
    def _compile(sources: list[str], packages: list[str], built: pathlib.Path, flags: list[str]) -> None:
        found = subprocess.run(
            ["pkg-config", "--cflags", "--libs", *packages], check=True, stdout=subprocess.PIPE, text=True
        ).stdout.split()
        # The libraries come last: only then does the linker take what the sources need.
        subprocess.run(["gcc", *FLAGS, *flags, "-o", built, *sources, *found], check=True, cwd=REFERENCE)


@contextlib.contextmanager
def workspace(state: pathlib.Path) -> typing.Iterator[Workspace]:
    """A directory for one run, open to this user only and removed afterwards."""
    parent = state / "bench"
    parent.mkdir(parents=True, exist_ok=True)
    directory = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=parent))
    try:
        yield Workspace(directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        with contextlib.suppress(OSError):
            parent.rmdir()
