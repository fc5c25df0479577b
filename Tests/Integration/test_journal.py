"""The journal: whole, in order, without doubles; every change of it is found."""

import contextlib
import json
import shutil
import sqlite3

import pytest

from harness import paths
from harness.journal import JournalView
from harness.personas import ELDER, persona
from harness.station import Station


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
    name = f"journal-copy-{abs(hash(request.node.name)) % 10**6}"
    other = Station(name, station.town)
    other.document["station"]["id"] = station.document["station"]["id"]
    other.write_configuration()
    other.state.mkdir(parents=True, exist_ok=True)
    shutil.copy(station.state / "journal.sqlite", other.state / "journal.sqlite")
    other.state.chmod(0o700)
    (other.directory / "head").write_text(head)
    return other


def change(station: Station, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(station.state / "journal.sqlite")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def table(station: Station) -> tuple[str, list[str]]:
    """The table of the rows and its columns, whatever they are called."""
    with contextlib.closing(sqlite3.connect(station.state / "journal.sqlite")) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            if "payload" in columns and "sequence" in columns:
                return name, columns
    raise AssertionError("no table of rows")


def verdict(station: Station, with_head: bool = False) -> str | None:
    """The code with which the journal is refused; None when it is whole."""
    more = ["--head", station.directory / "head"] if with_head else []
    done = JournalView(station.configuration).command("verify", "--json", *more)
    if done.returncode == 0:
        return None
    error = json.loads(done.stdout)["error"]
    assert error["message"] and error["remedy"]
    return error["code"]


def drop_guards(station: Station) -> list[str]:
    """Triggers that forbid changes; somebody with the file can take them away."""
    with contextlib.closing(sqlite3.connect(station.state / "journal.sqlite")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    return [f"DROP TRIGGER {name}" for name in names]


def test_untouched_journal_is_whole(copy):
    assert verdict(copy) is None
    assert verdict(copy, with_head=True) is None


def test_changed_row_is_found(copy):
    name, _ = table(copy)
    change(
        copy, *drop_guards(copy),
        f"UPDATE {name} SET payload = replace(payload, 'L1', 'L2') WHERE sequence IN "
        f"(SELECT sequence FROM {name} WHERE instr(payload, 'L1') LIMIT 1)",
    )
    assert verdict(copy) in ("journal.bad-signature", "journal.broken-chain")


@pytest.mark.parametrize("column", ["kind", "milliseconds", "previousHash", "previous_hash", "signature", "counter", "clock"])
def test_every_changed_column_is_found(copy, column):
    name, columns = table(copy)
    if column not in columns:
        pytest.skip(f"there is no column {column}")
    values = {"kind": "'CardRead'", "milliseconds": f"{column} + 1", "counter": f"{column} + 1", "clock": f"{column} + 1"}
    value = values.get(column, "zeroblob(length(" + column + "))")
    change(copy, *drop_guards(copy), f"UPDATE {name} SET {column} = {value} WHERE sequence = 5")
    assert verdict(copy).startswith("journal.")


def test_missing_row_is_found(copy):
    name, _ = table(copy)
    change(copy, *drop_guards(copy), f"DELETE FROM {name} WHERE sequence = 6")
    assert verdict(copy) in ("journal.missing-row", "journal.broken-chain")


def test_reordered_rows_are_found(copy):
    name, _ = table(copy)
    change(
        copy, *drop_guards(copy),
        f"UPDATE {name} SET sequence = -5 WHERE sequence = 5", f"UPDATE {name} SET sequence = 5 WHERE sequence = 6",
        f"UPDATE {name} SET sequence = 6 WHERE sequence = -5",
    )
    assert verdict(copy) in ("journal.bad-signature", "journal.broken-chain")


def test_cut_tail_is_found_against_an_earlier_head(copy):
    name, _ = table(copy)
    change(copy, *drop_guards(copy), f"DELETE FROM {name} WHERE sequence > (SELECT max(sequence) - 3 FROM {name})")
    assert verdict(copy) is None, "by itself a shorter chain is whole"
    assert verdict(copy, with_head=True) == "journal.tail-cut"


def test_rewritten_chain_is_found_against_an_earlier_head(copy, written):
    """Another chain of the same station, signed with the same key: only the head tells."""
    station, _ = written
    (copy.state / "journal.sqlite").unlink()
    change_state = copy.document["state"]
    assert change_state == str(copy.state)
    copy.import_ledger(station.town.ledger)
    for _ in range(60):
        done = copy.command("statement", "--json", "--timeout", "0")
        if len(copy_rows(copy)) >= head_sequence(copy):
            break
        assert done.returncode in (0, 4)
        grow(copy)
    assert verdict(copy) is None
    assert verdict(copy, with_head=True) == "journal.rewritten"


def copy_rows(station: Station) -> list:
    try:
        return station.journal.rows()
    except AssertionError:
        return []


def head_sequence(station: Station) -> int:
    return int((station.directory / "head").read_text().split()[3])


def grow(station: Station) -> None:
    """A few rows: a start and a stop of the daemon."""
    station.start_daemon()
    station.stop_daemon()


def test_foreign_key_is_found(copy, town):
    keys = paths.WORK / "journal-foreign-keys"
    if not keys.exists():
        from harness.town import make_keys

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
