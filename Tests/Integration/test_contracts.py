"""What the commands promise to scripts: shapes of JSON, exit statuses, no dependence on a station."""

import collections
import json
import os
import re
import subprocess
import time

import pytest

from harness import paths, processes
from harness.pcscd import private_pcscd
from harness.personas import ELDER, all_personas, persona
from harness.simulator import Simulator
from harness.station import Station, onecard

CARD_KEYS = {"generation", "specVersion", "identificationCode", "regionCode", "cardNumber", "issuedOn", "expiresOn"}
HOLDER_KEYS = {"citizenNumber", "name", "sex", "ethnicityCode", "birthplaceCode", "birthDate"}
READ_KEYS = {"reader", "atr", "card", "holder", "warnings"}
# A race at the end of a command was seen in one run of a hundred.
RUNS = 300
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def readers():
    """A simulator alone: no daemon, no station.yaml, no ledger."""
    directory = paths.WORK / "readers-alone"
    directory.mkdir(parents=True, exist_ok=True)
    simulator = Simulator(directory, readers=2).start()
    yield simulator
    simulator.stop()


@pytest.fixture
def empty(readers: Simulator):
    """Readers without cards and without faults."""
    readers.reset()
    return readers


def read(simulator: Simulator, *arguments, expect: int = 0) -> dict:
    done = onecard("read", "--json", *arguments, socket=simulator.pcscd_socket)
    assert done.returncode == expect, f"status {done.returncode}: {done.stdout} {done.stderr}"
    assert done.stdout.count("\n") == 1 and done.stdout.endswith("\n"), "one line of JSON"
    return json.loads(done.stdout)


def failure(answer: dict) -> str:
    """The code of a failure in its promised shape."""
    assert set(answer) == {"error"}
    assert set(answer["error"]) == {"code", "message", "remedy"}
    assert all(isinstance(value, str) and value for value in answer["error"].values())
    return answer["error"]["code"]


# --- onecard read


def test_read_reveals_what_the_card_says_in_the_promised_shape(empty):
    empty.tap(ELDER)
    answer = read(empty, "--reveal")
    card, holder = persona(ELDER).card, persona(ELDER).holder
    assert set(answer) == READ_KEYS and set(answer["card"]) == CARD_KEYS and set(answer["holder"]) == HOLDER_KEYS
    assert answer["reader"].startswith("OneCard Simulator Contact")
    assert re.fullmatch(r"([0-9a-f]{2}){2,33}", answer["atr"]), "the ATR is hex in lower case"
    assert answer["card"]["generation"] == int(card["generation"])
    assert answer["card"]["identificationCode"] == card["identificationCode"].lower()
    assert answer["card"]["regionCode"] == card["identificationCode"][:6]
    assert answer["card"]["cardNumber"] == card["cardNumber"]
    assert answer["card"]["issuedOn"] == card["issuedOn"]
    assert answer["card"]["expiresOn"] == card["expiresOn"]
    assert answer["holder"] == {
        "citizenNumber": holder["citizenNumber"],
        "name": holder["name"],
        "sex": holder["sex"],
        "ethnicityCode": holder["ethnicity"],
        "birthplaceCode": holder["birthplace"],
        "birthDate": holder["birthDate"],
    }
    assert answer["warnings"] == []


def test_read_without_reveal_masks_the_person_and_withholds_identifiers(empty):
    empty.tap(ELDER)
    done = onecard("read", "--json", socket=empty.pcscd_socket)
    answer = json.loads(done.stdout)
    card, holder = persona(ELDER).card, persona(ELDER).holder
    assert set(answer) == READ_KEYS and set(answer["card"]) == CARD_KEYS and set(answer["holder"]) == HOLDER_KEYS
    assert answer["atr"] is None
    assert answer["card"] == {
        "generation": int(card["generation"]),
        "specVersion": answer["card"]["specVersion"],
        "identificationCode": None,
        "regionCode": card["identificationCode"][:6],
        "cardNumber": None,
        "issuedOn": card["issuedOn"],
        "expiresOn": card["expiresOn"],
    }
    assert answer["card"]["specVersion"]
    number = holder["citizenNumber"]
    assert answer["holder"]["name"] == holder["name"][0] + "*"
    assert re.fullmatch(re.escape(number[:3]) + r"\*+" + re.escape(number[-2:]), answer["holder"]["citizenNumber"])
    others = set(HOLDER_KEYS) - {"name", "citizenNumber"}
    assert all(answer["holder"][key] is None for key in others)
    for secret in (number, holder["name"], card["cardNumber"], card["identificationCode"].lower()):
        assert secret not in done.stdout + done.stderr


def test_read_for_people_prints_lines_and_no_json(empty):
    empty.tap(ELDER)
    done = onecard("read", socket=empty.pcscd_socket)
    assert done.returncode == 0 and not done.stdout.startswith("{")
    assert persona(ELDER).masked_name in done.stdout
    assert persona(ELDER).holder["citizenNumber"] not in done.stdout


def test_read_takes_the_only_reader_with_a_card(empty):
    empty.tap(ELDER, reader=2)
    assert read(empty)["reader"].startswith("OneCard Simulator Contactless")


def test_read_takes_the_named_reader(empty):
    empty.tap(ELDER, reader=1)
    empty.tap("name-rare-character", reader=2)
    names = json.loads(onecard("readers", "--json", socket=empty.pcscd_socket).stdout)["readers"]
    for entry in names:
        assert read(empty, "--reader", entry["name"])["reader"] == entry["name"]


def test_several_cards_are_ambiguous_without_a_name(empty):
    empty.tap(ELDER, reader=1)
    empty.tap("name-rare-character", reader=2)
    assert failure(read(empty, expect=2)) == "reader.ambiguous"


def test_unknown_reader_exits_3(empty):
    empty.tap(ELDER)
    assert failure(read(empty, "--reader", "Nobody's Reader 00 00", expect=3)) == "reader.not-found"


def test_no_card_exits_4_within_the_timeout(empty):
    began = time.monotonic()
    assert failure(read(empty, "--timeout", "1", expect=4)) == "card.absent"
    assert time.monotonic() - began < 5


def test_read_waits_for_a_card_until_the_timeout(empty):
    with subprocess.Popen(
        [paths.ONECARD, "read", "--json", "--timeout", "30"], stdout=subprocess.PIPE, text=True,
        env=paths.environment(PCSCLITE_CSOCK_NAME=empty.pcscd_socket),
    ) as waiting:
        empty.wait_client()
        empty.tap(ELDER)
        output, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0 and json.loads(output)["card"]["generation"] in (1, 2)


@pytest.mark.parametrize("name", [name for name, one in all_personas().items() if one.code == "card.not-social-security"])
def test_other_cards_exit_5(empty, name):
    empty.tap(name)
    assert failure(read(empty, expect=5)) == "card.not-social-security"


@pytest.mark.parametrize("name", [name for name, one in all_personas().items() if "no-answer-to-reset" in one.quirks])
def test_mute_card_exits_5(empty, name):
    empty.tap(name)
    assert failure(read(empty, "--timeout", "3", expect=5)) == "card.mute"


def test_no_card_service_exits_6():
    done = onecard("read", "--json", socket=str(paths.WORK / "no-such-socket"))
    assert done.returncode == 6
    assert failure(json.loads(done.stdout)) == "pcsc.service-not-running"


@pytest.mark.parametrize(
    "arguments", [["read", "--json", "--colour"], ["read", "--json", "--timeout", "soon"], ["divine", "--json"]]
)
def test_wrong_words_exit_2(arguments):
    done = onecard(*arguments)
    assert done.returncode == 2
    assert failure(json.loads(done.stdout)) == "usage"


def test_no_reader_at_all_exits_3():
    with private_pcscd("no-readers") as socket:
        done = onecard("read", "--json", "--timeout", "1", socket=socket)
        assert done.returncode == 3, done.stdout + done.stderr
        assert failure(json.loads(done.stdout)) in ("pcsc.no-readers", "reader.not-found")
        listed = onecard("readers", "--json", socket=socket)
        assert listed.returncode == 0 and json.loads(listed.stdout) == {"readers": []}


@pytest.mark.parametrize("name", [name for name, one in all_personas().items() if one.card.get("generation") == "3"])
def test_generation_3_is_recognised_without_its_holder(empty, name):
    empty.tap(name)
    answer = read(empty, "--reveal")
    assert answer["card"]["generation"] == 3
    assert answer["holder"] is None
    assert "warning.generation-3-holder-needs-authentication" in answer["warnings"]


def readable_personas() -> list[str]:
    """Personas whose card files can be read, whatever the ledger says of them."""
    unreadable = {
        "card.not-social-security", "card.mute", "card.removed", "apdu.response-loop", "card.communication",
        "card.record-malformed", "card.refused", "card.file-missing", "reader.timeout", "tlv.malformed",
    }
    return [name for name, one in all_personas().items() if one.code not in unreadable and not one.document.get("faults")]


@pytest.mark.parametrize("name", readable_personas())
def test_every_readable_persona_gives_the_shape_with_nulls_only_beside_warnings(empty, name):
    one = persona(name)
    empty.tap(name)
    answer = read(empty, "--reveal")
    assert set(answer) == READ_KEYS and set(answer["card"]) == CARD_KEYS
    card = answer["card"]
    for key in ("issuedOn", "expiresOn"):
        assert card[key] is None or ISO_DATE.fullmatch(card[key])
    if one.expect.get("warnings"):
        assert set(one.expect["warnings"]) <= set(answer["warnings"])
    values = list(card.values())
    if answer["holder"] is not None:
        assert set(answer["holder"]) == HOLDER_KEYS
        assert answer["holder"]["sex"] in ("male", "female", "unknown", "unspecified", None)
        values += answer["holder"].values()
    if any(value is None for value in values) or answer["holder"] is None:
        assert answer["warnings"], "a missing value has its warning"
    assert len(set(answer["warnings"])) == len(answer["warnings"])


def test_rare_characters_and_long_names_are_read_whole(empty):
    for name in ("name-rare-character", "name-long-extension"):
        if name in all_personas():
            empty.reset()
            empty.tap(name)
            assert read(empty, "--reveal")["holder"]["name"] == persona(name).holder["name"]


# --- onecard readers


def test_readers_tell_names_and_cards(empty):
    empty.tap(ELDER)
    done = onecard("readers", "--json", socket=empty.pcscd_socket)
    assert done.returncode == 0
    listed = json.loads(done.stdout)["readers"]
    assert len(listed) == 2
    by_name = {entry["name"]: entry for entry in listed}
    contact = next(entry for name, entry in by_name.items() if "Contactless" not in name)
    contactless = next(entry for name, entry in by_name.items() if "Contactless" in name)
    assert contact["presence"] == "card" and contactless["presence"] == "empty"
    assert persona(ELDER).card["identificationCode"].lower() not in done.stdout


# --- arguments that would leak


def test_no_command_takes_a_pin_as_an_argument():
    done = onecard("statement", "--help")
    assert done.returncode == 0
    assert "--pin-fd" in done.stdout
    assert not re.search(r"--pin[ =]<", done.stdout), "--pin asks at the terminal and takes no value"


def test_help_exits_0():
    for arguments in (["--help"], ["read", "--help"], ["ledger", "--help"], ["journal", "--help"], ["doctor", "--help"]):
        assert onecard(*arguments).returncode == 0


# --- with a station

LINE_KEYS = {
    "programme", "name", "category", "department", "entitled", "state", "amount", "lastPayment", "nextPayDay", "history",
    "returned", "amountsWithheld", "fictitious",
}


@pytest.fixture(params=["beside the daemon", "without a daemon"])
def either(request, desk):
    """The station with and without its daemon: commands do the same in both."""
    if request.param == "without a daemon":
        desk.stop_daemon()
    return desk


def statement(station, *arguments, pin: str | None = None, expect: int = 0) -> dict:
    settings = {}
    extra: list = []
    if pin is not None:
        reading, writing = os.pipe()
        os.write(writing, pin.encode() + b"\n")
        os.close(writing)
        settings["pass_fds"] = (reading,)
        extra = ["--pin-fd", str(reading)]
    done = station.command("statement", "--json", *arguments, *extra, **settings)
    if pin is not None:
        os.close(reading)
    assert done.returncode == expect, f"status {done.returncode}: {done.stdout} {done.stderr}"
    return json.loads(done.stdout)


def entitled(answer: dict) -> list[str]:
    return [line["programme"] for line in answer["benefits"] if line["entitled"]]


def wrong_pin(pin: str) -> str:
    return "".join(str((int(digit) + 1) % 10) for digit in pin)


def test_statement_without_pin_has_no_amounts(either):
    """INV-15: no amounts below L2."""
    mark = either.journal.last()
    either.simulator.tap(ELDER)
    answer = statement(either)
    assert answer["level"] == "L1" and answer["cardAuthentication"] == "none"
    assert answer["name"] == persona(ELDER).masked_name
    assert entitled(answer) == persona(ELDER).expect["programmes"]
    for line in answer["benefits"]:
        assert set(line) == LINE_KEYS
        assert line["amount"] is None and line["lastPayment"] is None and not line["history"] and not line["returned"]
    kinds = [row.kind for row in either.journal.rows(mark)]
    assert "IdentityVerified" in kinds and "LedgerQueried" in kinds


def test_statement_with_pin_from_a_descriptor_has_amounts(either):
    mark = either.journal.last()
    either.simulator.tap(ELDER)
    answer = statement(either, "--confirm-tries", pin=persona(ELDER).pin)
    assert answer["level"] == "L2"
    assert len(answer["benefits"]) >= 8
    assert entitled(answer) == persona(ELDER).expect["programmes"]
    for line in answer["benefits"]:
        assert set(line) == LINE_KEYS
        assert bool(line["amount"]) == line["entitled"]
        assert len(line["history"]) >= 12 if line["entitled"] else not line["history"]
    assert answer["dataAsOf"] and answer["freshness"] == "fresh"
    assert "PinVerified" in {row.kind for row in either.journal.rows(mark)}


def test_statement_needs_a_yes_when_the_tries_are_unknown(either):
    either.simulator.tap(ELDER)
    tries = either.simulator.reader()["triesLeft"]
    assert failure(statement(either, pin=wrong_pin(persona(ELDER).pin), expect=5)) == "pin.tries-unknown"
    assert either.simulator.reader()["triesLeft"] == tries, "no try was spent"


def test_statement_with_wrong_pin_is_refused_and_counted(either):
    either.simulator.tap(ELDER)
    answer = statement(either, "--confirm-tries", pin=wrong_pin(persona(ELDER).pin), expect=5)
    assert failure(answer) == "pin.wrong"
    # Two tries are left, as the card told: no yes is needed now, and the right PIN forgets the number.
    assert statement(either, pin=persona(ELDER).pin)["level"] == "L2"


def test_statement_of_a_refused_card_has_its_code(either):
    either.simulator.tap("card-temp-lost")
    done = either.command("statement", "--json")
    assert done.returncode == 5, done.stdout
    assert failure(json.loads(done.stdout)) == "identity.card-temp-lost"


def test_statement_asks_for_no_pin_that_the_policy_cannot_use(town):
    """The pack of a real city accepts no PIN on a card that nobody proved to be genuine."""
    station = Station("statement-no-pin", town)
    station.document["policy"] = str(paths.ROOT / "Policies" / "440700.yaml")
    station.write_configuration()
    station.import_ledger(town.ledger)
    station.simulator.start()
    try:
        station.simulator.tap(ELDER)
        tries = station.simulator.reader()["triesLeft"]
        answer = statement(station, "--confirm-tries", pin=wrong_pin(persona(ELDER).pin), expect=5)
        assert failure(answer) == "pin.not-accepted"
        assert station.simulator.reader()["triesLeft"] == tries, "no try was spent"
    finally:
        station.stop()


def test_statement_that_waits_for_a_card_lets_the_daemon_start(town):
    station = Station("statement-waits", town)
    station.import_ledger(town.ledger)
    station.simulator.start()
    try:
        with subprocess.Popen(
            [paths.ONECARD, "statement", "--json", "--timeout", "60", "--config", station.configuration],
            stdout=subprocess.PIPE, text=True, cwd=station.directory,
            env=paths.environment(PCSCLITE_CSOCK_NAME=station.simulator.pcscd_socket),
        ) as waiting:
            station.simulator.wait_client()
            station.start_daemon()
            station.simulator.tap(ELDER)
            output, _ = waiting.communicate(timeout=60)
        assert waiting.returncode == 0, output
        rows = station.wait_rows(0, "StationStarted", "IdentityVerified")
        assert "command-line" in {row.payload["servicePoint"] for row in rows if row.kind == "IdentityVerified"}
    finally:
        station.stop()


def test_journal_commands_agree(client, desk):
    desk.simulator.tap(ELDER)
    client.wait("greeting")
    desk.simulator.lift()
    client.wait_now("idle")
    rows = desk.wait_rows(0, "SessionEnded")
    verified = desk.journal.command("verify", "--json")
    assert verified.returncode == 0
    head = desk.journal.command("head")
    assert head.returncode == 0
    words = head.stdout.split()
    assert words[:2] == ["onecard-journal-head", "v1"] and re.fullmatch(r"[0-9a-f]{64}", words[4])
    assert int(words[3]) >= rows[-1].sequence
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))


def test_doctor_walks_all_parts(desk):
    desk.simulator.tap(ELDER)
    done = desk.command("doctor", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    checks = json.loads(done.stdout)["checks"]
    expected = ["pcscd", "protocol", "access", "readers", "card", "ledger", "keys", "clock", "disk"]
    assert [check["name"] for check in checks if check["name"] in expected] == expected
    for check in checks:
        assert set(check) == {"name", "status", "finding", "code", "remedy"}
        assert check["status"] in ("right", "warning", "wrong", "skipped")
        if check["status"] in ("warning", "wrong"):
            assert check["code"] and check["remedy"]
    assert not [check for check in checks if check["status"] == "wrong"]
    for secret in (persona(ELDER).holder["name"], persona(ELDER).holder["citizenNumber"], persona(ELDER).masked_name):
        assert secret not in done.stdout


def test_doctor_names_what_is_missing(town):
    done = onecard("doctor", "--json", "--config", str(paths.WORK / "none.yaml"), socket=str(paths.WORK / "none.sock"))
    assert done.returncode != 0
    answer = json.loads(done.stdout)
    text = json.dumps(answer)
    assert "pcsc.service-not-running" in text or "config.invalid" in text


def test_ledger_info_tells_generation_and_counts(desk):
    done = desk.command("ledger", "info", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    info = json.loads(done.stdout)
    assert info["generation"] == 1
    assert info["division"] == paths.DIVISION
    assert info["residents"] >= desk.town.residents
    assert info["sources"] and all("asOf" in source for source in info["sources"])


def test_command_ends_well_every_time(desk):
    """The end of the process does not race with the threads that still hold the card service."""
    desk.stop_daemon()
    desk.simulator.tap(ELDER)
    ended = collections.Counter(desk.command("statement", "--json").returncode for _ in range(RUNS))
    assert ended == {0: RUNS}


def test_commands_leave_no_process_behind(readers):
    assert not [pid for pid in processes.processes_with(str(paths.ONECARD) + " ")]
