"""Readers that are plugged and unplugged: real pcscd, real libccid, a simulated USB device."""

import contextlib
import time

import pytest

from harness import measure, paths
from harness.personas import ELDER, persona
from harness.station import Station
from harness.usb import USBReader
from harness.waiting import wait_until

BLANK_LIMIT = 1.0

@pytest.fixture(scope="module")
def plugged(simulated_usb, town):
    """A station whose only reader comes and goes."""
    directory = paths.WORK / "usb"
    directory.mkdir(parents=True, exist_ok=True)
    reader = USBReader(directory)
    station = Station("usb", town, readers=[{"name": reader.name, "interface": "contact"}], simulator=reader)
    station.import_ledger(town.ledger)
    try:
        reader.start()
        station.start_daemon()
        yield station
    finally:
        if station.daemon:
            station.daemon.kill()
        reader.stop()


@pytest.fixture
def page(plugged):
    reader = plugged.simulator
    reader.plug()
    reader.reset()
    client = plugged.client()
    with contextlib.closing(client):
        client.wait_now("idle", where=lambda screen: screen.code is None)
        yield client


def test_reader_that_is_unplugged_is_told_and_served_again_once_plugged(plugged, page):
    for _ in range(3):
        plugged.simulator.unplug()
        screen = page.wait_now("idle", where=lambda screen: screen.code is not None)
        assert screen.code == "reader.not-found" and "12345" in screen.text
        plugged.simulator.plug()
        page.wait_now("idle", where=lambda screen: screen.code is None)
    rows = plugged.journal.rows()
    assert "DeviceDegraded" in {row.kind for row in rows} and "DeviceRecovered" in {row.kind for row in rows}


def test_card_is_read_over_ccid(plugged, page):
    plugged.simulator.tap(ELDER)
    assert persona(ELDER).masked_name in page.wait("greeting").text
    plugged.simulator.lift_any(1)
    page.wait_now("idle")


def test_reader_unplugged_in_a_session_blanks_and_is_told(plugged, page):
    """INV-15: blank within a second; then the page says that no reader is there, until it is back."""
    mark = plugged.journal.last()
    plugged.simulator.tap(ELDER)
    page.wait("greeting")
    began = time.monotonic()
    begin = page.mark()
    plugged.simulator.unplug()
    blank = page.wait("idle", "failure", "takeCard", after=begin)
    measure.record("blank after the reader was unplugged", [blank.at - began], limit=BLANK_LIMIT)
    assert blank.at - began <= BLANK_LIMIT and not blank.personal
    told = page.wait("idle", "failure", after=begin, where=lambda screen: screen.code is not None)
    assert told.code in ("reader.unplugged", "reader.not-found") and "12345" in told.text
    rows = plugged.wait_rows(mark, "SessionEnded", "DeviceDegraded")
    assert len([row for row in rows if row.kind == "SessionEnded"]) == 1
    back_in_service(plugged, page)


def test_reader_unplugged_in_the_middle_of_a_command_has_its_code(plugged, page):
    mark = plugged.journal.last()
    plugged.simulator.fault(holdAt=5)
    plugged.simulator.tap(ELDER)
    page.wait("reading")
    wait_until(lambda: plugged.simulator.reader()["isHolding"], "a command without its answer")
    begin = page.mark()
    plugged.simulator.unplug()
    # The card goes with its reader, and may be told first: the real reason takes its place at once.
    screen = page.wait("failure", after=begin, where=lambda screen: screen.code == "reader.unplugged")
    assert "12345" in screen.text and not screen.personal
    rows = plugged.wait_rows(mark, "SessionEnded")
    assert {"CardRejected", "SessionEnded"} & {row.kind for row in rows}
    back_in_service(plugged, page)


def back_in_service(plugged, page) -> None:
    """Plugs the reader again; a card is read as if nothing had been."""
    plugged.simulator.reset()
    if page.screen.kind == "failure":
        page.act("finish")
    plugged.simulator.plug()
    page.wait_now("idle", where=lambda screen: screen.code is None)
    begin = page.mark()
    plugged.simulator.tap(ELDER)
    assert persona(ELDER).masked_name in page.wait("greeting", after=begin).text
    plugged.journal.assert_whole()
