"""Cards of the third generation: what a security module in a reader's slot opens and proves, and how it fails."""

import json

import pytest

from harness.personas import persona
from harness.station import Station

SM4 = "generation-3"
TRIPLE_DES = "generation-3-3des"
CLONE = "generation-3-clone"


@pytest.fixture(scope="module")
def station(request, town):
    """A station with one security module, named by the test."""
    station = Station(f"g3-{request.param.removeprefix('psam-')}", town, module=request.param)
    try:
        yield station.start()
    finally:
        station.stop()


def with_module(*modules: str):
    """Runs a test at a station with each of these security modules."""
    return pytest.mark.parametrize("station", modules, indirect=True)


@pytest.mark.parametrize(("station", "name"), [("psam", SM4), ("psam-3des", TRIPLE_DES)], indirect=["station"])
def test_right_module_opens_and_proves_the_card(desk, name):
    after = desk.journal.last()
    with desk.page() as page:
        desk.simulator.tap(name)
        page.wait("greeting")
        page.to_benefits(persona(name).pin)
        assert page.screen.kind == "benefits"
    rows = desk.wait_rows(after, "IdentityVerified", "PinVerified")
    verified = [row for row in rows if row.kind == "IdentityVerified"]
    assert {row.payload["cardAuthentication"] for row in verified} == {"psam"}
    assert [row.payload["level"] for row in verified] == ["L1", "L2"]


@with_module("psam")
def test_command_line_states_what_the_kiosk_would_show(desk):
    desk.simulator.tap(SM4)
    done = desk.command("statement", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["cardAuthentication"] == "psam"


@with_module("psam")
def test_clone_that_accepts_every_terminal_fails_authentication(desk):
    with desk.page() as page:
        desk.simulator.tap(CLONE)
        assert page.wait("failure").code == "card.authentication-failed"


@pytest.mark.parametrize(
    ("station", "code"),
    [
        ("psam-wrong-key", "psam.authentication-failed"), ("psam-other-dialect", "psam.wrong-dialect"),
        ("psam-key-missing", "psam.key-missing"), ("psam-3des", "psam.key-missing"),
    ],
    indirect=["station"],
)
def test_module_that_does_not_serve_is_told_by_its_code(desk, code):
    with desk.page() as page:
        desk.simulator.tap(SM4)
        assert page.wait("failure").code == code


@with_module("psam")
def test_module_that_was_taken_out_is_told_and_serves_again(desk):
    slot = desk.simulator.readers + 1
    desk.simulator.lift(slot)
    try:
        with desk.page() as page:
            desk.simulator.tap(SM4)
            assert page.wait("failure").code == "psam.missing"
            desk.simulator.lift()
    finally:
        desk.simulator.tap("psam", slot)
    desk.settle()
    with desk.page() as page:
        desk.simulator.tap(SM4)
        page.wait("greeting")


@with_module("psam-other-dialect")
def test_cards_of_the_second_generation_do_not_need_the_module(desk):
    with desk.page() as page:
        desk.simulator.tap("resident-dibao-elder")
        page.wait("greeting")
