"""The journal: whole, in order, without doubles; every change of it is found."""

import contextlib
import json
import random
import shutil
import sqlite3
import zlib

import pytest

from harness import paths
from harness.journal import JournalView
from harness.personas import ELDER, persona
from harness.station import Station
from harness.town import make_keys


@pytest.fixture(scope="module")
def written(station):
    """A journal with two journeys in it, and its head; the daemon has stopped."""
    for _ in range(2):
        with station.page() as client:
            station.simulator.tap(ELDER)
            client.wait("greeting")
            client.to_benefits(persona(ELDER).pin)
            client.act("openBenefit", "DIBAO")
            client.wait("history")
            station.simulator.lift()
            client.wait_now("idle")
    station.stop_daemon()
    head = station.journal.command("head")
    assert head.returncode == 0
    return station, head.stdout


@pytest.fixture
def copy(written, request):
    """A copy of that journal, to be changed."""
    station, head = written
    name = f"journal-copy-{zlib.crc32(request.node.name.encode()):08x}"
    other = Station(name, station.town)
    other.document["station"]["id"] = station.document["station"]["id"]
    other.write_configuration()
    other.state.mkdir(parents=True, exist_ok=True)
    shutil.copy(station.state / "journal.sqlite", other.state / "journal.sqlite")
    other.state.chmod(0o700)
    (other.directory / "head").write_text(head)
    return other


GUARDS = ["eventIsNeverChanged", "eventIsNeverDeleted"]


def change(station: Station, *statements: str, arguments: tuple = ()) -> None:
    """Changes the file as somebody with the disk could, who first takes the guards away."""
    with contextlib.closing(sqlite3.connect(station.state / "journal.sqlite")) as database:
        for guard in GUARDS:
            database.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            database.execute(statement, arguments)
        database.commit()


def verdict(station: Station, with_head: bool = False) -> str | None:
    """The code with which the journal is refused; None when it is whole."""
    more = ["--head", station.directory / "head"] if with_head else []
    done = JournalView(station.configuration).command("verify", "--json", *more)
    if done.returncode == 0:
        return None
    error = json.loads(done.stdout)["error"]
    assert error["message"] and error["remedy"]
    return error["code"]


def test_untouched_journal_is_whole(copy):
    assert verdict(copy) is None
    assert verdict(copy, with_head=True) is None


def test_rows_cannot_be_changed_while_the_guards_stand(copy):
    with contextlib.closing(sqlite3.connect(copy.state / "journal.sqlite")) as database:
        for statement in ("UPDATE event SET kind = 'CardRead'", "DELETE FROM event WHERE sequence = 1"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)


def test_any_changed_byte_of_a_row_is_found(copy, seed):
    """One bit, at many places of many rows; each is put back."""
    choice = random.Random(seed)
    path = copy.state / "journal.sqlite"
    original = path.read_bytes()
    with contextlib.closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT sequence, envelope FROM event").fetchall()
    for _ in range(24):
        sequence, envelope = choice.choice(rows)
        position = choice.randrange(len(envelope))
        changed = bytearray(envelope)
        changed[position] ^= 1 << choice.randrange(8)
        change(copy, "UPDATE event SET envelope = ? WHERE sequence = ?", arguments=(bytes(changed), sequence))
        code = verdict(copy)
        assert code and code.startswith("journal."), f"row {sequence}, byte {position} of {len(envelope)}: {code}"
        path.write_bytes(original)


@pytest.mark.parametrize(
    "assignment",
    ["hash = zeroblob(32)", "kind = 'CardRead'", "residentKey = zeroblob(17)", "cardKey = NULL", "residentKey = NULL"],
)
def test_changed_column_beside_the_envelope_is_found(copy, assignment):
    """What look-ups use must be what was signed."""
    column = assignment.split()[0]
    change(
        copy,
        f"UPDATE event SET {assignment} WHERE sequence = (SELECT max(sequence) FROM event WHERE {column} IS NOT NULL "
        f"AND kind <> 'CardRead')",
    )
    assert (verdict(copy) or "").startswith("journal.")


def test_missing_row_is_found(copy):
    change(copy, "DELETE FROM event WHERE sequence = 6")
    assert verdict(copy) in ("journal.missing-row", "journal.broken-chain")


def test_missing_first_row_is_found(copy):
    change(copy, "DELETE FROM event WHERE sequence = 1")
    assert verdict(copy) in ("journal.missing-row", "journal.broken-chain")


def test_reordered_rows_are_found(copy):
    change(
        copy, "UPDATE event SET sequence = 100000 WHERE sequence = 5", "UPDATE event SET sequence = 5 WHERE sequence = 6",
        "UPDATE event SET sequence = 6 WHERE sequence = 100000",
    )
    assert verdict(copy) in ("journal.bad-signature", "journal.broken-chain", "journal.missing-row")


def test_cut_tail_is_found_against_an_earlier_head(copy):
    change(copy, "DELETE FROM event WHERE sequence > (SELECT max(sequence) - 3 FROM event)")
    assert verdict(copy) is None, "by itself a shorter chain is whole"
    assert verdict(copy, with_head=True) == "journal.tail-cut"


def test_emptied_journal_is_found_against_an_earlier_head(copy):
    change(copy, "DELETE FROM event")
    assert verdict(copy, with_head=True) == "journal.tail-cut"


def test_rewritten_chain_is_found_against_an_earlier_head(copy, written):
    """Another chain of the same station, signed with the same key: only the head tells."""
    station, _ = written
    (copy.state / "journal.sqlite").unlink()
    copy.import_ledger(station.town.ledger)
    while not (copy.state / "journal.sqlite").exists() or copy.journal.last() < head_sequence(copy):
        copy.start_daemon()  # two rows: its start and its stop
        copy.stop_daemon()
    assert verdict(copy) is None
    assert verdict(copy, with_head=True) == "journal.rewritten"


def head_sequence(station: Station) -> int:
    return int((station.directory / "head").read_text().split()[3])


def test_foreign_key_is_found(copy, town):
    keys = paths.WORK / "journal-foreign-keys"
    make_keys(keys)
    copy.document["keys"] = str(keys)
    copy.write_configuration()
    assert verdict(copy) in ("journal.bad-signature", "journal.key-unknown")


def test_payment_is_notified_once(written):
    """INV-14: a payment that the person has seen is not told a second time."""
    station, _ = written
    rows = [row for row in station.journal.rows() if row.kind == "PaymentNotified"]
    told = [(row["entitlement"], row["month"], row["instalment"]) for row in rows]
    assert told, "the first look at the months tells the payments"
    assert len(set(told)) == len(told)


def test_rows_hold_keyed_hashes_and_no_names(written):
    station, _ = written
    text = json.dumps([row.payload for row in station.journal.rows()], ensure_ascii=False)
    holder = persona(ELDER).holder
    assert '"resident": "r1:' in text and '"card": "c1:' in text
    for secret in (holder["name"], holder["name"][0], holder["citizenNumber"], persona(ELDER).card["cardNumber"]):
        assert secret not in text
