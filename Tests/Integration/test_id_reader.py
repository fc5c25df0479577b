"""Resident-ID readers through the shipped command line: real libusb over simulated USB devices, and serial lines."""

import json
import pathlib
import re
import subprocess

import pytest
import yaml

from harness.devices import DOCUMENTS, PROFILES, Devices
from harness.paths import ONECARD, WORK, environment

PLACES = {"single": ("samv-single", "1-1"), "split": ("samv-split", "1-2"), "serial": ("samv-single", None)}
KEYS = {
    "kind", "number", "name", "sex", "ethnicityCode", "birthDate", "address", "authority", "validFrom", "validTo",
}


@pytest.fixture
def directory(request, simulated_usb) -> pathlib.Path:
    """Short, since socket paths have a limit."""
    name = re.sub(r"[^a-z0-9]+", "", request.node.name.lower())[-24:]
    path = WORK / "id" / name
    path.mkdir(parents=True, exist_ok=True)
    return path


class Reader:
    """One simulated reader and one `onecard id read` over it."""

    def __init__(self, directory: pathlib.Path, place: str):
        self.devices = Devices(directory)
        self.model, self.port = PLACES[place]
        self.line = directory / "onecard-simulator-id.tty"

    def read(self, before: list[str], *options: str, timeout: int = 5) -> tuple[int, dict]:
        """Does something at the reader and reads a document; exit status and what was printed."""
        command = [ONECARD, "id", "read", "--json", "--profiles", PROFILES, "--timeout", timeout, *options]
        try:
            if self.port is None:
                return self._read_serial(before, command)
            # The simulator answers its control socket before the program has found the reader.
            self.devices.start(usb=(f"id={self.model}@{self.port}",), program=command)
            for line in before:
                self.devices.tell("id", line)
            return self.devices.ended()
        finally:
            self.devices.stop()

    def _read_serial(self, before: list[str], command: list) -> tuple[int, dict]:
        self.devices.start(serial=(f"id={self.model}@{self.line}",))
        for line in before:
            self.devices.tell("id", line)
        done = subprocess.run(
            [*map(str, command), "--device", f"serial:{self.line}"], env=environment(), capture_output=True, text=True,
            timeout=60,
        )
        return done.returncode, json.loads(done.stdout)


def written(name: str) -> dict:
    """What a document file says."""
    return yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8"))["document"]


@pytest.fixture(params=PLACES)
def reader(request, directory) -> Reader:
    return Reader(directory, request.param)


@pytest.fixture
def usb_reader(directory) -> Reader:
    return Reader(directory, "single")


def test_document_is_read_through_every_kind_of_line(reader):
    status, report = reader.read(["place id-dibao-elder"], "--reveal")
    holder = written("id-dibao-elder")
    assert status == 0, report
    assert set(report) == {"device", "samId", "document", "photoBytes", "warnings"}
    assert set(report["document"]) == KEYS
    assert report["document"]["kind"] == "resident"
    assert report["document"]["number"] == holder["number"]
    assert report["document"]["name"] == holder["name"]
    assert report["document"]["birthDate"] == str(holder["birthDate"])
    assert report["document"]["address"] == holder["address"]
    assert report["document"]["validTo"] == "long-term"
    assert re.fullmatch(r"\d\d\.\d\d-\d{8}-\d{10}-\d{10}", report["samId"])
    assert report["photoBytes"] == 1024 and report["warnings"] == []


def test_without_reveal_nothing_tells_the_person(reader):
    status, report = reader.read(["place id-dibao-elder"])
    holder = written("id-dibao-elder")
    document = report["document"]
    assert status == 0, report
    assert document["name"] == holder["name"][0] + "*"
    assert document["number"].startswith("999") and document["number"].endswith("25") and "*" in document["number"]
    for key in ("sex", "ethnicityCode", "birthDate", "address", "authority"):
        assert document[key] is None
    assert document["validFrom"] == "2010-05-01"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("id-other-person", "resident"), ("id-expired", "resident"), ("id-foreign", "foreign"), ("id-hong-kong", "hmt")],
)
def test_every_layout_is_told_by_its_kind(usb_reader, name, kind):
    status, report = usb_reader.read([f"place {name}"], "--reveal")
    holder = written(name)
    assert status == 0, report
    assert report["document"]["kind"] == kind
    assert report["document"]["number"] == holder["number"]
    assert report["document"]["validTo"] == str(holder["validTo"])
    assert report["warnings"] == []


@pytest.mark.parametrize(
    "fault", ["torn 7", "duplicate", "slow 40", "checksum 1", "mute 1", "stall 81 1", "stall 01 1"]
)
def test_passing_fault_does_not_stop_a_reading(usb_reader, fault):
    status, report = usb_reader.read([fault, "place id-dibao-elder"], timeout=10)
    assert status == 0, report
    assert report["document"]["kind"] == "resident"


@pytest.mark.parametrize(
    ("fault", "code", "expected"),
    [
        ("mute", "id.timeout", 6), ("checksum", "id.checksum", 6), ("answer 000066", "id.sam-not-authorised", 6),
        ("answer 000060", "id.sam-self-test", 6), ("stall 81", "device.stalled", 6), ("remove-at 4 in", "device.unplugged", 3),
    ],
)
def test_lasting_fault_ends_with_its_code(usb_reader, fault, code, expected):
    status, report = usb_reader.read([fault, "place id-dibao-elder"], timeout=2)
    assert report["error"]["code"] == code, report
    assert report["error"]["remedy"]
    assert status == expected


def test_no_document_in_time_is_told(reader):
    status, report = reader.read([], timeout=1)
    assert (status, report["error"]["code"]) == (4, "id.no-document")


def test_reader_pulled_out_while_waiting_is_told(usb_reader):
    """The answer about the module and some answers that nothing was found have passed by then."""
    status, report = usb_reader.read(["remove-at 80 in"], timeout=30)
    assert (status, report["error"]["code"]) == (3, "device.unplugged")


def test_two_equal_readers_are_told_apart_by_their_port(directory):
    devices = Devices(directory)
    command = [ONECARD, "id", "read", "--json", "--profiles", PROFILES, "--timeout", "5"]
    two = ("id1=samv-single@1-1", "id2=samv-single@1-2.3")
    try:
        devices.start(usb=two, program=command)
        status, report = devices.ended()
        assert (status, report["error"]["code"]) == (2, "device.ambiguous")
        assert "usb:1-1" in report["error"]["message"] and "usb:1-2.3" in report["error"]["message"]
        devices.start(usb=two, program=[*command, "--device", "usb:1-2.3"])
        devices.tell("id2", "place id-other-person")
        status, report = devices.ended()
        assert status == 0 and report["device"] == "usb:1-2.3"
    finally:
        devices.stop()


def test_devices_are_listed_with_their_profiles(directory):
    devices = Devices(directory)
    try:
        devices.start(
            usb=("id=samv-split@1-2", "slip=printer@1-3", "scan=scanner-pos@1-4"),
            program=[ONECARD, "devices", "--json", "--profiles", PROFILES],
        )
        status, report = devices.ended()
    finally:
        devices.stop()
    assert status == 0, report
    found = {row["device"]: row for row in report["devices"] if row["device"].startswith("usb:")}
    assert {place: row["profile"] for place, row in found.items()} == {
        "usb:1-2": "onecard-simulator-sam-v-split", "usb:1-3": "onecard-simulator-printer",
        "usb:1-4": "onecard-simulator-pos-scanner",
    }
    assert all(row["simulated"] and row["state"] == "plugged" for row in found.values())


def test_machine_without_a_reader_says_so(directory):
    devices = Devices(directory)
    command = [ONECARD, "id", "read", "--json", "--profiles", PROFILES]
    try:
        devices.start(usb=("slip=printer@1-3",), program=command)
        status, report = devices.ended()
    finally:
        devices.stop()
    assert (status, report["error"]["code"]) == (3, "device.not-found")


@pytest.mark.parametrize("device", ["serial:relative", "usb:x", "nothing at all", "serial:"])
def test_wrong_device_is_a_mistake_of_the_command_line(device):
    done = subprocess.run(
        [ONECARD, "id", "read", "--json", "--profiles", PROFILES, "--device", device], env=environment(),
        capture_output=True, text=True, timeout=30,
    )
    assert done.returncode == 2 and json.loads(done.stdout)["error"]["code"] == "usage"
