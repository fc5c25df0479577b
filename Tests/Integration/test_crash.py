"""kill -9 at random moments loses nothing that was shown, and the rows are on the disk before the page (Must show 6)."""

import contextlib
import http.client
import os
import pathlib
import random
import resource
import signal
import subprocess
import threading
import time

import pytest

from harness import measure, paths, trace
from harness.personas import ELDER, persona
from harness.processes import children_of
from harness.station import Station
from harness.stream import KioskClient
from harness.waiting import wait_until

SESSIONS = 200
# The longest time after the tap at which the daemon is killed, seconds: a whole journey fits in.
MOMENT_MAX = 0.5


def journey(client: KioskClient) -> None:
    """Goes on as far as it goes; the daemon may be gone at any step."""
    client.wait("greeting", seconds=5)
    client.to_benefits(persona(ELDER).pin)
    client.act("openBenefit", "DIBAO")
    client.wait("history", seconds=5)
    client.act("back")
    client.wait_now("benefits", seconds=5)


class Interrupted(Exception):
    """The daemon was killed."""


class MortalClient(KioskClient):
    """Tells at once when the stream has ended, instead of waiting for a screen that cannot come."""

    def until(self, condition, what, seconds=5.0):
        def look():
            value = condition()
            if not value and self.ended_at is not None:
                raise Interrupted
            return value

        return super().until(look, what, seconds)


EXPECTED = {
    "greeting": [("CardRead", None), ("IdentityVerified", "L1"), ("LedgerQueried", "summary")],
    "benefits": [("PinVerified", None), ("IdentityVerified", "L2"), ("LedgerQueried", "details")],
    "history": [("LedgerQueried", "history")],
}


def stands(rows, kind: str, value: str | None) -> bool:
    return any(
        row.kind == kind and value in (None, row.payload.get("level"), row.payload.get("scope"))
        for row in rows
    )


@pytest.mark.slow
def test_killed_in_200_sessions_nothing_shown_is_missing(town, seed):
    moments = random.Random(seed)
    station = Station("crash", town)
    seen: list[set[str]] = []
    starts: list[float] = []
    try:
        station.start()
        for _ in range(SESSIONS):
            seen.append(one_session(station, moments.uniform(0, MOMENT_MAX)))
            station.simulator.lift_any(1)
            starts.append(station.start_daemon())
        station.stop_daemon()
        rows = station.journal.rows()
        station.journal.assert_whole()
    finally:
        station.stop()
    measure.record("start of the daemon", starts)
    segments = split(rows)
    assert len(segments) == SESSIONS + 1, "each start has its row"
    missing = []
    for number, (kinds, segment) in enumerate(zip(seen, segments)):
        for kind, expected in EXPECTED.items():
            if kind in kinds:
                missing += [f"session {number}: {kind} without {row}" for row in expected if not stands(segment, *row)]
    assert missing == []
    shown = {kind: sum(kind in kinds for kinds in seen) for kind in EXPECTED}
    assert shown["greeting"] > SESSIONS / 4 and shown["benefits"] > SESSIONS / 20, f"moments are spread badly: {shown}"


def one_session(station: Station, moment: float) -> set[str]:
    """One tap, and a kill at that moment after it; the kinds of screens that the page got."""
    client = MortalClient(station.kiosk_url)
    killer = threading.Timer(moment, lambda: station.daemon.send(signal.SIGKILL))
    try:
        client.wait_now("idle")
        killer.start()
        station.simulator.tap(ELDER)
        with contextlib.suppress(Interrupted, OSError, http.client.HTTPException, AssertionError):
            journey(client)
        killer.join()
        station.daemon.popen.wait(20)
    finally:
        killer.cancel()
        client.close()
    return {screen.kind for screen in client.screens}


def split(rows) -> list[list]:
    """The rows of each life of the daemon."""
    segments: list[list] = []
    for row in rows:
        if row.kind == "StationStarted":
            segments.append([])
        segments[-1].append(row)
    return segments


# --- the proof by system calls


def traced_run(town, name: str, **variables) -> tuple[list[trace.Call], float]:
    """A journey to the benefits under strace; its calls, and when the card was tapped."""
    station = Station(name, town)
    # The trace holds what goes to pcscd, the PIN among it: it must not be left where a run leaves things.
    log = pathlib.Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp") / f"onecard-trace-{os.getpid()}"
    try:
        station.import_ledger(town.ledger)
        station.simulator.start()
        station.start_daemon(prefix=[*trace.ARGUMENTS, "-o", str(log)], **variables)
        with station.page() as client:
            tapped = time.time()  # the clock of `strace -ttt`
            station.simulator.tap(ELDER)
            client.wait("greeting")
            client.to_benefits(persona(ELDER).pin)
            client.act("openBenefit", "DIBAO")
            client.wait("history")
        for child in children_of(station.daemon.pid):
            os.kill(child, signal.SIGTERM)
        station.daemon.popen.wait(20)
        return trace.parse(log.read_text(errors="replace")), tapped
    finally:
        station.daemon.kill_group()
        station.stop()
        log.unlink(missing_ok=True)


@pytest.mark.usefixtures("tracing")
def test_rows_are_synced_before_the_page_is_sent(town):
    calls, tapped = traced_run(town, "traced")
    for screen in ("greeting", "benefits", "history"):
        assert trace.unsynced_before_screen(calls, screen, tapped) == []


@pytest.mark.usefixtures("tracing")
def test_the_proof_fails_with_sync_switched_off(town):
    """The same check must find out a journal that does not sync."""
    calls, tapped = traced_run(town, "traced-off", ONECARD_PROOF_JOURNAL_SYNC="off")
    for screen in ("greeting", "benefits", "history"):
        findings = trace.unsynced_before_screen(calls, screen, tapped)
        assert findings and "was not synced" in findings[0]


def test_sync_cannot_be_switched_off_at_a_real_station():
    """The switch is for the proof alone: without `simulated: true` the sources do not look at it."""
    sources = [path for path in (paths.ROOT / "Sources").rglob("*.swift") if "ONECARD_PROOF_JOURNAL_SYNC" in path.read_text()]
    assert len(sources) == 1
    text = sources[0].read_text()
    around = text[max(0, text.index("ONECARD_PROOF_JOURNAL_SYNC") - 400) :][:800]
    assert "simulated" in around


# --- crash files


@pytest.fixture
def unlimited_core():
    """Core files of any size are allowed, as a careless machine might."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def dumps_core(pid: int) -> bool:
    """Lets a child of ours abort; whether the kernel wrote a core for it."""
    os.kill(pid, signal.SIGABRT)

    def end() -> tuple[int, int] | None:
        found, status = os.waitpid(pid, os.WNOHANG)
        return (found, status) if found else None

    _, status = wait_until(end, "the end of a process that aborts", seconds=10)
    return os.WCOREDUMP(status)


def test_crash_leaves_no_core_and_no_memory_in_the_log(town, unlimited_core):
    """Core dumps are off, whatever the process was started with; so is the backtrace of the language's runtime, which
    prints the memory that registers point to."""
    elsewhere = pathlib.Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp")
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd=elsewhere) as control:
        control_dumps = dumps_core(control.pid)
    for core in elsewhere.glob("core*"):
        core.unlink()
    station = Station("no-core", town)
    try:
        station.start()
        with station.page() as client:
            station.simulator.tap(ELDER)
            client.wait("greeting")
            client.to_benefits(persona(ELDER).pin)
            assert caught_signals(station.daemon.pid) & CRASH_SIGNALS == set()
            assert not dumps_core(station.daemon.pid)
        assert not [path for path in station.directory.rglob("core*") if path.is_file()]
        assert "Backtracing" not in station.daemon.errors()
    finally:
        station.daemon.kill_group()
        station.stop()
    if not control_dumps:
        pytest.skip("this machine writes no core for anybody: only the log was looked at")


CRASH_SIGNALS = {
    signal.SIGQUIT, signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGSEGV,
}


def caught_signals(pid: int) -> set[int]:
    """Signals that a process has handlers for."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    mask = int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), 16)
    return {number for number in range(1, 32) if mask >> (number - 1) & 1}
