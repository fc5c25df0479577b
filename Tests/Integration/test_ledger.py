"""Ledger files: refused with a code and without harm, switched while the daemon serves, never silently damaged."""

import contextlib
import json
import pathlib
import random

import pytest

from harness import paths
from harness.personas import ELDER, persona
from harness.station import Station, onecard
from harness.town import make_keys
from harness.waiting import wait_until

SERVICE_STATUS = 6


def refuse(station: Station, path: pathlib.Path) -> str:
    """The code with which a file is refused."""
    done = station.command("ledger", "import", path, "--json")
    assert done.returncode == SERVICE_STATUS, f"status {done.returncode}: {done.stdout}{done.stderr}"
    error = json.loads(done.stdout)["error"]
    assert error["message"] and error["remedy"]
    return error["code"]


def info(station: Station) -> dict:
    done = station.command("ledger", "info", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def greets(station: Station, name: str = ELDER) -> str:
    """Taps a card; the text of the greeting."""
    with station.page() as client:
        station.simulator.tap(name)
        text = client.wait("greeting").text
        station.simulator.lift()
        client.wait_now("idle")
    return text


@pytest.fixture
def unharmed(desk):
    """Whatever the test tried, the old data still serves."""
    before = info(desk)
    yield desk
    assert info(desk) == before
    assert persona(ELDER).masked_name in greets(desk)
    assert not [row for row in desk.journal.rows()[-30:] if row.kind == "LedgerSwitched" and row["generation"] != before["generation"]]


def changed(town, name: str, change) -> pathlib.Path:
    path = town.directory / name
    data = bytearray(newer(town).read_bytes())
    path.write_bytes(bytes(change(data)))
    return path


def newer(town) -> pathlib.Path:
    """A good file with a higher generation than the one in use."""
    path = town.directory / "newer.ledger"
    return path if path.exists() else town.another("newer.ledger", generation=50)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5, 0.9, 0.999])
def test_truncated_file_is_refused(unharmed, town, share):
    path = changed(town, "truncated.ledger", lambda data: data[: int(len(data) * share)])
    assert refuse(unharmed, path) in ("ledger.truncated", "ledger.format")


def test_file_with_more_at_its_end_is_refused(unharmed, town):
    path = changed(town, "longer.ledger", lambda data: data + b"more")
    assert refuse(unharmed, path).startswith("ledger.")


def test_file_tampered_in_every_region_is_refused(unharmed, town, seed):
    """One bit anywhere: in the magic, the manifest, the signature, each page."""
    data = newer(town).read_bytes()
    choice = random.Random(seed)
    regions = 24
    codes = {}
    for region in range(regions):
        low, high = len(data) * region // regions, len(data) * (region + 1) // regions
        position = choice.randrange(low, high)
        path = changed(town, "tampered.ledger", lambda copy: flip(copy, position))
        code = refuse(unharmed, path)
        codes[position] = code
        assert code in ("ledger.tampered", "ledger.signature", "ledger.format", "ledger.truncated", "ledger.key-unknown",
                        "ledger.too-large"), codes
    assert "ledger.tampered" in codes.values()


def flip(data: bytearray, position: int) -> bytearray:
    data[position] ^= 1
    return data


@pytest.mark.parametrize("position", [0, 4, 8, 12, 16, 24, 40, 100])
def test_tampered_head_is_refused(unharmed, town, position):
    path = changed(town, "tampered-head.ledger", lambda data: flip(data, position))
    assert refuse(unharmed, path).startswith("ledger.")


def test_swapped_pages_are_refused(unharmed, town):
    path = changed(town, "swapped.ledger", lambda data: data[:-200] + data[-100:] + data[-200:-100])
    assert refuse(unharmed, path) == "ledger.tampered"


def test_something_else_is_refused(unharmed, town):
    path = town.directory / "other.ledger"
    path.write_text("onecard\n" * 1000)
    assert refuse(unharmed, path) == "ledger.format"


def test_foreign_division_is_refused(unharmed, town):
    path = town.another("foreign.ledger", division="320400001001", generation=60)
    assert refuse(unharmed, path) == "ledger.foreign-division"


def test_foreign_keys_are_refused(unharmed, town):
    keys = make_keys(town.directory / "foreign-keys")
    path = town.another("foreign-keys.ledger", keys=keys, generation=61)
    assert refuse(unharmed, path) in ("ledger.signature", "ledger.key-unknown")


def test_missing_file_is_told(unharmed, town):
    done = unharmed.command("ledger", "import", town.directory / "none.ledger", "--json")
    assert done.returncode in (2, SERVICE_STATUS)
    assert json.loads(done.stdout)["error"]["code"]


def test_ledger_in_use_is_verified(unharmed):
    done = unharmed.command("ledger", "verify", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["generation"] == 1


def test_import_while_serving_switches_at_once_and_an_older_one_is_refused(town):
    """The daemon is asked over its socket and goes over to the new generation; nobody sees half of it."""
    station = Station("ledger-switch", town)
    try:
        station.start()
        assert info(station)["generation"] == 1
        with station.page() as client:
            station.simulator.tap(ELDER)
            client.wait("greeting")
            done = station.command("ledger", "import", newer(town), "--json")
            assert done.returncode == 0, done.stdout + done.stderr
            assert client.screen.kind == "greeting", "the person who is being served goes on"
            screen = client.to_benefits(persona(ELDER).pin)
            assert "660" in screen.text
        assert info(station)["generation"] == 50
        rows = station.wait_rows(0, "LedgerSwitched")
        assert [row["generation"] for row in rows if row.kind == "LedgerSwitched"][-1] == 50
        assert refuse(station, town.ledger) == "ledger.older"
        station.import_ledger(newer(town))  # the same one again repairs what is damaged, and changes nothing else
        assert info(station)["generation"] == 50
        station.simulator.lift()
        assert persona(ELDER).masked_name in greets(station)
        station.restart_daemon()
        assert info(station)["generation"] == 50
    finally:
        station.stop()


def test_person_of_the_new_generation_is_known_after_the_switch(town):
    """Readers of the old generation end, new look-ups see the new one alone."""
    station = Station("ledger-people", town)
    small = town.another("few.ledger", residents=1, generation=70)
    try:
        station.start()
        before = info(station)["residents"]
        assert station.command("ledger", "import", small).returncode == 0
        wait_until(lambda: info(station)["residents"] < before, "the new counts")
        assert persona(ELDER).masked_name in greets(station)
    finally:
        station.stop()


def test_station_without_a_ledger_says_so_and_starts_to_serve_with_the_import(town):
    station = Station("ledger-none", town)
    try:
        station.simulator.start()
        station.start_daemon()
        client = station.client()
        with contextlib.closing(client):
            screen = client.wait_now("idle", where=lambda screen: screen.code == "ledger.missing")
            assert "12345" in screen.text
            station.import_ledger(town.ledger)
            client.wait_now("idle", where=lambda screen: screen.code is None)
        assert persona(ELDER).masked_name in greets(station)
    finally:
        station.stop()


@pytest.mark.parametrize("damage", ["header", "middle", "truncated", "empty", "manifest"])
def test_damaged_ledger_is_set_aside_and_reimported(town, damage):
    station = Station(f"ledger-damage-{damage}", town)
    try:
        station.start()
        station.daemon.kill()
        database = biggest_file(station.state / "ledger")
        spoil(database, damage)
        station.start_daemon()
        client = station.client()
        with contextlib.closing(client):
            screen = client.wait_now(
                "idle", where=lambda screen: (screen.code or "").startswith("ledger."), seconds=30
            )
            assert screen.code in ("ledger.damaged", "ledger.missing")
            assert client.wait_now("idle").code
        names = [path.name for path in (station.state / "ledger").rglob("*")]
        assert any("damage" in name or "aside" in name or "bad" in name for name in names), names
        health = station.health()
        assert health["status"] == "failing"
        assert any((one.get("code") or "").startswith("ledger.") for one in health["components"])
        station.import_ledger(town.ledger)
        station.wait_ready()
        assert persona(ELDER).masked_name in greets(station)
    finally:
        station.stop()


@pytest.fixture
def checked(town, request):
    """A station of its own whose daemon has checked its ledger and serves."""
    station = Station("checked-" + request.node.name[5:17].replace("_", "-"), town)
    try:
        station.start()
        wait_until(lambda: "ledger checked" in station.daemon.errors(), "the check after the first start")
        station.wait_ready()
        yield station
    finally:
        station.stop()


def test_verify_sets_a_damaged_ledger_aside_and_the_daemon_hears_of_it(checked, town):
    with open(biggest_file(checked.state / "ledger"), "r+b") as file:
        file.seek(-100, 2)
        byte = file.read(1)[0]
        file.seek(-100, 2)
        file.write(bytes([byte ^ 1]))
    assert greets(checked), "the daemon does not look at every byte by itself"
    done = checked.command("ledger", "verify", "--json")
    assert done.returncode == SERVICE_STATUS, done.stdout + done.stderr
    assert json.loads(done.stdout)["error"]["code"] == "ledger.damaged"
    assert not done.stderr
    with contextlib.closing(checked.client()) as client:
        client.wait_now("idle", where=lambda screen: (screen.code or "").startswith("ledger."))
    health = checked.health()
    assert health["status"] == "failing"
    assert any((one.get("code") or "").startswith("ledger.") for one in health["components"])
    checked.import_ledger(town.ledger)
    checked.wait_ready()
    assert persona(ELDER).masked_name in greets(checked)


def test_commands_that_only_look_leave_the_served_ledger_where_it_is(checked):
    directory = checked.state / "ledger"
    with open(biggest_file(directory), "ab") as file:
        file.write(b"\0")
    names = sorted(path.name for path in directory.iterdir())
    assert json.loads(checked.command("ledger", "info", "--json").stdout)["error"]["code"] == "ledger.damaged"
    assert json.loads(checked.command("statement", "--json").stdout)["error"]["code"] == "ledger.damaged"
    checks = json.loads(checked.command("doctor", "--json").stdout)["checks"]
    assert next(check for check in checks if check["name"] == "ledger")["code"] == "ledger.damaged"
    assert sorted(path.name for path in directory.iterdir()) == names
    assert persona(ELDER).masked_name in greets(checked)


def biggest_file(directory: pathlib.Path) -> pathlib.Path:
    return max((path for path in directory.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)


def spoil(database: pathlib.Path, damage: str) -> None:
    for beside in (database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")):
        beside.unlink(missing_ok=True)
    size = database.stat().st_size
    with open(database, "r+b") as file:
        if damage == "header":
            file.write(b"not a database at all")
        elif damage == "middle":
            # Every second page: wherever the tables are, some of them are hit.
            for position in range(4096, size, 8192):
                file.seek(position)
                file.write(b"\xA5" * min(4096, size - position))
        elif damage == "truncated":
            file.truncate(size // 2)
        elif damage == "empty":
            file.truncate(0)
        elif damage == "manifest":
            data = file.read()
            position = data.find(b'"division"')
            assert position >= 0 or data.find(paths.DIVISION.encode()) >= 0
            position = position if position >= 0 else data.find(paths.DIVISION.encode())
            file.seek(position + 2)
            file.write(b"\x00\x01\x02")


def test_ledger_file_holds_no_name_in_clear(town):
    data = newer(town).read_bytes()
    for text in (persona(ELDER).holder["name"], persona(ELDER).holder["citizenNumber"]):
        assert text.encode() not in data


def test_import_without_a_configuration_is_usage_or_configuration(town):
    done = onecard("ledger", "import", town.ledger, "--json", "--config", str(paths.WORK / "none.yaml"))
    assert done.returncode in (2, SERVICE_STATUS)
    assert json.loads(done.stdout)["error"]["code"] in ("config.invalid", "usage")
