"""The daemon as a service: told to its manager, several service points, freshness of data, clocks."""

import contextlib
import datetime
import json
import os
import re
import socket

import pytest

from harness import paths
from harness.personas import ELDER, persona
from harness.station import Station
from harness.stream import KioskClient
from harness.waiting import holds_for, wait_until

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def instant(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# --- service manager


def test_service_manager_hears_ready_watchdog_and_stopping(town):
    station = Station("notify", town)
    path = paths.WORK / "notify.sock"
    heard: list[str] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(path))
        manager.settimeout(20)
        station.import_ledger(town.ledger)
        try:
            station.start_daemon(NOTIFY_SOCKET=str(path), WATCHDOG_USEC="400000")
            while heard.count("WATCHDOG=1") < 3:
                heard.append(manager.recv(256).decode())
            assert heard[0] == "READY=1"
            status, _ = station.stop_daemon()
            assert status == 0
            while "STOPPING=1" not in heard:
                heard.append(manager.recv(256).decode())
        finally:
            station.daemon.kill()
            os.unlink(path)


def test_health_tells_every_part(desk):
    health = desk.health()
    assert health["status"] == "ok", health
    assert {part["name"] for part in health["components"]} >= {"cards", "readers", "ledger", "disk", "keys"}
    # A remark, no fault: the station is simulated.
    assert {"name": "keys", "status": "ok", "code": "key.development"} in health["components"]


def test_log_has_levels_and_dotted_keys_and_no_card(desk, client):
    desk.simulator.tap(ELDER)
    client.wait("greeting")
    client.to_benefits(persona(ELDER).pin)
    log = desk.daemon.errors()
    assert re.search(r" info onecardd: .*kiosk\.point=kiosk-1", log)
    for secret in (persona(ELDER).masked_name, persona(ELDER).holder["citizenNumber"], "r1:", "c1:"):
        assert secret not in log


def test_check_of_the_configuration_starts_nothing(town):
    station = Station("check-only", town)
    from harness.processes import Process

    process = Process(
        [paths.ONECARDD, "--config", station.configuration, "--check"], station.directory / "onecardd",
        paths.environment(), station.directory,
    )
    assert process.popen.wait(20) == 0
    assert not (station.state / "journal.sqlite").exists()


# --- several service points


def test_each_service_point_has_its_own_readers_and_page(town):
    station = Station("two-points", town)
    first = station.document["servicePoints"][0]
    readers = first["readers"]
    first["readers"] = readers[:1]
    station.document["servicePoints"].append({"id": "desk-1", "kind": "desk", "readers": readers[1:]})
    station.write_configuration()
    try:
        station.start()
        other = wait_until(
            lambda: next((line.split(" ", 1)[1] for line in station.daemon.output().splitlines() if "desk-1" in line), ""),
            "the address of the second page",
        )
        with station.page() as kiosk, contextlib.closing(KioskClient(other, "desk-1")) as desk:
            desk.wait_now("idle", where=lambda screen: screen.code is None)
            station.simulator.tap(ELDER, reader=2)
            assert persona(ELDER).masked_name in desk.wait("greeting").text
            assert kiosk.screen.kind == "idle"
            station.simulator.tap("resident-wubao", reader=1)
            assert persona("resident-wubao").masked_name in kiosk.wait("greeting").text
            assert desk.screen.kind == "greeting"
            station.simulator.lift(1)
            kiosk.wait_now("idle")
            assert holds_for(lambda: desk.screen.kind == "greeting", 0.5), "the other person goes on"
            # The page of one point is no key to the other.
            status, _, _ = station.get("/kiosk/events?point=desk-1", {"X-OneCard-Page": kiosk.token})
            assert status == 401
        rows = station.journal.rows()
        assert {row.payload["servicePoint"] for row in rows if row.session} == {"kiosk-1", "desk-1"}
    finally:
        station.stop()


# --- freshness and clocks


@pytest.mark.parametrize(
    ("age", "freshness", "shows_amounts"), [(0, "fresh", True), (3, "aged", True), (10, "stale", False)]
)
def test_data_is_dated_and_amounts_are_withheld_when_it_is_too_old(town, age, freshness, shows_amounts):
    """INV-30."""
    made = now() - age * DAY
    ledger = town.another(f"age-{age}.ledger", generation=100 + age, as_of=instant(made))
    station = Station(f"age-{age}", town)
    station.import_ledger(ledger)
    station.simulator.start()
    station.start_daemon()
    try:
        with station.page() as client:
            station.simulator.tap(ELDER)
            client.wait("greeting")
            screen = client.to_benefits(persona(ELDER).pin)
            assert f"data-{freshness}" in screen.html
            local = made + datetime.timedelta(hours=8)
            assert f"{local.year}年{local.month}月{local.day}日" in screen.text
            assert ("660" in screen.text) == shows_amounts
            client.act("openBenefit", "DIBAO")
            assert ("660" in client.wait("history").text) == shows_amounts
    finally:
        station.stop()


def test_clock_behind_the_ledger_is_refused_with_its_code(town):
    ledger = town.another("tomorrow.ledger", generation=200, as_of=instant(now() + DAY))
    station = Station("clock", town)
    station.import_ledger(ledger)
    station.simulator.start()
    station.start_daemon()
    try:
        with station.page() as client:
            station.simulator.tap(ELDER)
            screen = client.wait("failure")
            assert screen.code == "identity.clock-behind-ledger" and "12345" in screen.text
        done = station.command("doctor", "--json")
        clock = next(check for check in json.loads(done.stdout)["checks"] if check["name"] == "clock")
        assert done.returncode == 1
        assert clock["status"] == "wrong" and clock["code"] == "identity.clock-behind-ledger"
    finally:
        station.stop()


# --- what else a statement can say


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("returned-payment", ["被银行退回"]), ("suspended-benefit", ["暂停发放"]), ("tapering", ["渐退期", "还发"]),
        ("ended-benefit", ["已结束"]), ("pending-benefit", ["待生效"]),
    ],
)
def test_state_of_a_benefit_is_told(desk, client, name, words):
    desk.simulator.tap(name)
    client.wait("greeting")
    text = client.to_benefits(persona(name).pin).text
    for word in words:
        assert word in text
