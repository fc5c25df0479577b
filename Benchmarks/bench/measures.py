"""How each row is measured."""

import dataclasses
import random
import sqlite3
import statistics
import time
import typing

from . import layout
from .kiosk import Kiosk
from .processes import BenchFailure, Worker, in_turns, measured, say
from .rows import Row, percentile
from .station import Daemon, Simulator, Station, forget_cached

READER = 1
READER_NAME = "OneCard Simulator Contact 00 00"
SELECT_APPLICATION = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
SELECT_ISSUER_FILE = "00A4000002EF05"
READ_IDENTIFICATION = "00B2010012"
PIN = "246810"


@dataclasses.dataclass(frozen=True)
class Plan:
    """How much is measured."""

    residents: int = 1_000_000
    apdu_rounds: int = 301
    apdu_operations: int = 500
    import_rounds: int = 5
    lookup_rounds: int = 41
    lookup_operations: int = 1_000
    sessions: int = 1_000
    warming_sessions: int = 50
    starts: int = 11
    settling_seconds: float = 60
    idle_seconds: float = 60


QUICK = Plan(
    residents=20_000, apdu_rounds=61, apdu_operations=500, import_rounds=2, lookup_rounds=7, lookup_operations=500,
    sessions=60, warming_sessions=10, starts=3, settling_seconds=0, idle_seconds=5,
)


def apdu(station: Station, plan: Plan) -> typing.Iterator[Row]:
    """Exchanges with one card through one pcscd: `withCard` and the C loop.

    A round counts connecting and giving the card back on both sides; many short rounds, since a busy machine disturbs some.
    """
    with station.simulator() as simulator:
        simulator.ask("tap", persona=simulator.personas[0], reader=READER)
        variables = {"PCSCLITE_CSOCK_NAME": simulator.socket}
        first = [SELECT_APPLICATION, SELECT_ISSUER_FILE]
        options = [word for command in first for word in ("--first", command)]
        with (
            Worker(
                layout.OURS, "apdu", "--reader", READER_NAME, "--command", READ_IDENTIFICATION, *options, **variables
            ) as ours,
            Worker(
                station.workspace.program("apdu_rounds"), READER_NAME, READ_IDENTIFICATION, *first, **variables
            ) as reference,
        ):
            turns = in_turns(ours, reference, plan.apdu_operations, plan.apdu_rounds)
    yield Row("pcsc.apdu-round-trips", "1/s", turns.ours, turns.rounds, turns.reference, turns.ratio)


def ledger_import(station: Station, plan: Plan) -> typing.Iterator[Row]:
    """Imports of the same file by the shipped command and by the C program."""
    station.make_town()
    tables, indexes = schema(station)
    space = station.workspace
    database = space.directory / "reference.sqlite"
    program = space.program("ledger_import")

    def reference() -> float:
        database.unlink(missing_ok=True)
        return measured(program, space.town, space.keys, database, tables, indexes)[0]

    ours, theirs, memory = [], [], []
    for number in range(plan.import_rounds):
        if number % 2 == 1:
            theirs.append(reference())
        seconds, peak = station.import_ledger()
        ours.append(seconds)
        memory.append(peak / 1e6)
        if number % 2 == 0:
            theirs.append(reference())
        say(f"import {number + 1} of {plan.import_rounds}: {ours[-1]:.1f} s, in C {theirs[-1]:.1f} s")
    require_same(station, database)
    database.unlink()
    ratio = statistics.median(their / our for our, their in zip(ours, theirs))
    speed, reference_speed = (station.records / statistics.median(seconds) for seconds in (ours, theirs))
    yield Row("ledger.import", "records/s", speed, plan.import_rounds, reference_speed, ratio)
    yield Row("ledger.import-memory", "MB", max(memory), plan.import_rounds)


def schema(station: Station):
    """The SQL of the tables and of the indexes of an imported ledger, as files for the C program."""
    with sqlite3.connect(f"file:{station.ledger()}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT type, sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'grdb%' ORDER BY rowid"
        ).fetchall()
    database.close()
    files = []
    for kind in ("table", "index"):
        file = station.workspace.directory / f"{kind}.sql"
        file.write_text("".join(sql + ";\n" for one, sql in rows if one == kind), encoding="utf-8")
        files.append(file)
    return files


def require_same(station: Station, reference) -> None:
    """The C program must have stored what the product stored: the same numbers of rows and the same sums."""
    sql = """
        SELECT (SELECT count(*) || '/' || sum(length(sealed)) FROM residents),
          (SELECT count(*) || '/' || sum(status) || '/' || sum(expires_on) FROM cards),
          (SELECT count(*) || '/' || sum(amount) || '/' || sum(programme * source) FROM entitlements),
          (SELECT count(*) || '/' || sum(amount) || '/' || sum(month * state) || '/' || sum(due_on) FROM payments),
          (SELECT hex(max(key)) FROM residents), (SELECT hex(max(key)) || hex(max(number_key)) FROM cards)
        """
    found = []
    for path in (station.ledger(), reference):
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        found.append(database.execute(sql).fetchone())
        database.close()
    if found[0] != found[1]:
        raise BenchFailure(f"the reference stored something else: {found}")


def lookup(station: Station, plan: Plan) -> typing.Iterator[Row]:
    """Look-ups of the same random people by LedgerSQLite and by the C program."""
    database = station.ledger()
    space = station.workspace
    with (
        Worker(
            layout.OURS, "lookup", "--ledger", space.ledger_directory, "--keys", space.keys, "--people", space.people,
            "--policy", layout.POLICY,
        ) as ours,
        Worker(space.program("ledger_lookup"), database, space.keys, space.people, 1) as reference,
    ):
        turns = in_turns(ours, reference, plan.lookup_operations, plan.lookup_rounds)
    name, runs = "ledger.lookup-with-statement", plan.lookup_rounds * plan.lookup_operations
    ordered = sorted(one / 1e3 for result in turns.results for one in result["latencies"])
    yield Row(name, "1/s", turns.ours, turns.rounds, turns.reference, turns.ratio)
    yield Row(f"{name}.p50", "µs", percentile(ordered, 50), runs)
    yield Row(f"{name}.p99", "µs", percentile(ordered, 99), runs)


def sessions(station: Station, plan: Plan, wanted: typing.Callable[[str], bool]) -> typing.Iterator[Row]:
    """Sessions and the idle daemon: one daemon, one page, random people of the ledger."""
    station.ledger()
    with (
        station.simulator() as simulator,
        station.daemon(PCSCLITE_CSOCK_NAME=simulator.socket) as daemon,
    ):
        daemon.await_ready()
        with Kiosk(daemon.url) as kiosk:
            kiosk.wait("idle")
            # After a start that no clean stop came before, the whole ledger is checked in the background.
            await_calm(daemon)
            count = plan.sessions if wanted("session") else plan.warming_sessions
            yield from session_rows(kiosk, simulator, daemon, count, wanted("session"))
            if wanted("daemon.idle"):
                yield from idle_rows(kiosk, daemon, plan)


def session_rows(
    kiosk: Kiosk, simulator: Simulator, daemon: Daemon, count: int, is_wanted: bool
) -> typing.Iterator[Row]:
    """Taps, PINs, and what of their time is ours."""
    say(f"{count} sessions")
    choice = random.Random(1)
    greetings, benefits = [], []
    for _ in range(count):
        greeting, benefit = session(kiosk, simulator, daemon, choice.choice(simulator.personas))
        greetings.append(greeting * 1e3)
        benefits.append(benefit * 1e3)
    if not is_wanted:
        return
    for name, values in (("session.card-to-greeting", greetings), ("session.pin-to-benefits", benefits)):
        values.sort()
        yield Row(f"{name}.p50", "ms", percentile(values, 50), count)
        yield Row(f"{name}.p99", "ms", percentile(values, 99), count)


def session(kiosk: Kiosk, simulator: Simulator, daemon: Daemon, persona: str) -> tuple[float, float]:
    """One person from the tap to the benefits; our share, in seconds, of both ways to a personal page.

    The first begins just before the simulator is told to put the card in: the driver, pcscd and its notice of the card are
    counted as ours. The second begins just before the key that ends the PIN is sent: everything before the card's answer,
    but for the exchanges themselves, is counted as ours.
    """
    with simulator.connect() as connection:
        line = simulator.line("tap", persona=persona, reader=READER)
        inside, began = daemon.transmit_seconds(), time.monotonic()
        connection.sendall(line)
        greeted = kiosk.wait("greeting").at
        to_greeting = greeted - began - (daemon.transmit_seconds() - inside)
        simulator.answer(connection)
    screen = kiosk.act("usePIN", None, "confirmPIN", "pinPad")
    if screen.kind == "confirmPIN":
        screen = kiosk.act("confirmPIN", True, "pinPad")
    for digit in PIN:
        screen = kiosk.act("pinKey", screen.button("digit", digit), "pinPad")
    enter = screen.button("enter")
    inside, began = daemon.transmit_seconds(), time.monotonic()
    kiosk.send("pinKey", enter)
    shown = kiosk.wait("benefits").at
    to_benefits = shown - began - (daemon.transmit_seconds() - inside)
    kiosk.answered()
    simulator.ask("lift", reader=READER)
    kiosk.wait("idle")
    return to_greeting, to_benefits


def await_calm(daemon: Daemon) -> None:
    """Waits until the daemon has used nearly no processor time for a second."""
    while True:
        before = daemon.processor_seconds()
        time.sleep(1)
        if daemon.processor_seconds() - before < 0.01:
            return


def idle_rows(kiosk: Kiosk, daemon: Daemon, plan: Plan) -> typing.Iterator[Row]:
    """The daemon after its sessions, with an idle page and readers.

    A timer that was taken back still comes up in the runtime at its time, so idleness begins when the longest limit of the
    last session has passed.
    """
    time.sleep(plan.settling_seconds)
    await_calm(daemon)
    say(f"{plan.idle_seconds:g} idle seconds")
    before, began = daemon.processor_seconds(), time.monotonic()
    time.sleep(plan.idle_seconds)
    share = (daemon.processor_seconds() - before) / (time.monotonic() - began)
    yield Row("daemon.idle-memory", "MB", daemon.anonymous_bytes() / 1e6, 1)
    yield Row("daemon.idle-cpu", "%", share * 100, 1)


def ready(station: Station, plan: Plan) -> typing.Iterator[Row]:
    """From the start of the process to the first healthy answer, the ledger not cached; the slowest of the starts."""
    database = station.ledger()
    seconds = []
    with station.simulator() as simulator:
        for _ in range(plan.starts):
            forget_cached(database)
            with station.daemon(PCSCLITE_CSOCK_NAME=simulator.socket) as daemon:
                seconds.append(daemon.await_ready())
    yield Row("daemon.ready", "ms", max(seconds) * 1e3, plan.starts)
