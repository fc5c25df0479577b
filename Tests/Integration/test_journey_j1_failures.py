"""Each way in which J1 can fail: the right words and code, its row in the journal, and a way on (INV-26)."""

import re

import pytest
from playwright.sync_api import expect

from harness.personas import ELDER, all_personas, persona
from harness.waiting import wait_until

AMOUNT = re.compile(r"\d+\.\d\d|\d+\s*元")

REFUSALS = ("CardRejected", "IdentityRejected")
EIGHT = ["DIBAO", "WUBAO", "LINSHI", "YOUFU", "GAOLING", "SHIYE", "CJHL", "CJSH"]
FAILING = [name for name, one in all_personas().items() if one.screen == "failure" and not one.code.startswith("pin.")]
SERVED = [name for name, one in all_personas().items() if one.screen in ("greeting", "benefits")]


@pytest.fixture
def mark(desk) -> int:
    """The last row before the test."""
    return desk.journal.last()


def wrong_pin(pin: str) -> str:
    return "".join(str((int(digit) + 1) % 10) for digit in pin)


def journey(station, client, name: str):
    """Taps the persona and goes on with the right PIN as far as it goes; the last screen and all screens."""
    begin = client.mark()
    station.simulator.tap(name)
    screen = client.wait("greeting", "failure", after=begin)
    if screen.kind == "greeting" and client.screen.button("usePIN") and persona(name).screen != "greeting":
        client.to_pad()
        mark = client.enter_pin(persona(name).pin)
        screen = client.wait("benefits", "failure", "confirmPIN", "pinPad", after=mark)
    return screen, client.screens[begin:]


@pytest.mark.parametrize("name", FAILING)
def test_refused_persona_meets_code_and_way_on(desk, client, mark, name):
    """INV-20, INV-26: no access, the attempt recorded, the way on told; no amount anywhere."""
    one = persona(name)
    screen, screens = journey(desk, client, name)
    assert screen.kind == "failure" and screen.code == one.code
    assert "12345" in screen.text, "the hotline"
    assert 'class="next"' in screen.html and re.search(r'class="next">[^<]{4,}', screen.html)
    for seen in screens:
        assert not AMOUNT.search(seen.text), f"an amount on {seen.kind}"
        assert one.holder.get("name", "?") not in seen.text or len(one.holder["name"]) == 1
    # A blocked PIN has a row of its own; a mute card begins no session.
    rows = wait_until(lambda: [row for row in desk.journal.rows(mark) if row.kind in REFUSALS], "the row of the refusal")
    assert [row.code for row in rows] == [one.code]
    desk.simulator.lift_any(1)
    client.wait_now("idle", "failure")
    client.act("finish")
    client.wait_now("idle")
    desk.journal.assert_sessions_closed(desk.journal.rows(mark))


@pytest.mark.parametrize("name", SERVED)
def test_served_persona_reaches_its_screen(desk, client, mark, name):
    one = persona(name)
    screen, screens = journey(desk, client, name)
    assert screen.kind == one.screen, f"{screen.kind} {screen.code}"
    expected = list(one.expect.get("programmes") or [])
    greeting = next(seen for seen in screens if seen.kind == "greeting")
    assert re.findall(r'<li data-programme="([A-Z]+)"', greeting.html) == expected
    if screen.kind == "benefits":
        # The page shows also what has ended or has not begun, with its state.
        shown = re.findall(r'<li class="card [^>]*data-programme="([A-Z]+)"', screen.html)
        assert set(expected) <= set(shown) and shown == [code for code in EIGHT if code in shown]
    for seen in screens:
        if seen.kind not in ("benefits", "history"):
            assert not AMOUNT.search(seen.text), f"an amount on {seen.kind} (INV-15)"
    desk.simulator.lift_any(1)
    client.wait_now("idle")
    rows = desk.wait_rows(mark, "SessionEnded")
    levels = [row["level"] for row in rows if row.kind == "IdentityVerified"]
    assert levels == (["L1"] if one.screen == "greeting" else ["L1", "L2"])


@pytest.mark.browser
@pytest.mark.parametrize("name", FAILING)
def test_failure_page_is_shown_in_the_browser(desk, kiosk, name):
    desk.simulator.tap(name)
    if kiosk.wait("failure", "greeting") == "greeting":
        kiosk.to_pad()
        kiosk.type_by_touch(persona(name).pin)
        kiosk.wait("failure")
    expect(kiosk.page.locator(".contact-code dd")).to_have_text(persona(name).code)
    expect(kiosk.page.locator(".contact-hotline dd")).to_be_visible()
    expect(kiosk.page.locator(".next")).to_be_visible()
    kiosk.picture("failure")
    kiosk.act("finish")
    desk.simulator.lift_any(1)
    kiosk.wait("idle")


def test_wrong_pin_until_locked(desk, client, mark):
    """Unknown, then known tries; the last one only after an explicit yes; then locked."""
    name = ELDER
    one = persona(name)
    tries = int(one.card.get("tries", one.card.get("triesMaximum", 3)))
    desk.simulator.restore(name)
    desk.simulator.tap(name)
    client.wait_now("greeting")
    client.act("usePIN")
    screen = client.wait_now("confirmPIN")
    assert "不确定" in screen.text
    client.act("confirmPIN", True)
    for left in range(tries - 1, -1, -1):
        mark_now = client.enter_pin(wrong_pin(one.pin))
        screen = client.wait("pinPad", "confirmPIN", "failure", after=mark_now)
        if left > 1:
            assert screen.kind == "pinPad" and "密码不对" in screen.text and f"还可以试 {left} 次" in screen.text
        elif left == 1:
            assert screen.kind == "confirmPIN" and "最后 1 次" in screen.text
            client.act("confirmPIN", True)
            client.wait_now("pinPad")
        else:
            assert screen.kind == "failure" and screen.code == "pin.blocked" and "12345" in screen.text
    rows = desk.wait_rows(mark, "SessionEnded")
    failed = [row["triesLeft"] for row in rows if row.kind == "PinFailed"]
    locked = sum(row.kind == "PinLocked" for row in rows)
    # The last wrong try may be answered with 63C0 or with 6983.
    assert failed == list(range(tries - 1, -1, -1))[: tries - locked] and len(failed) + locked == tries
    desk.simulator.lift()
    client.wait_now("idle", "failure")
    client.act("finish")
    # The lock is remembered for this card and told; once the PIN was reset elsewhere, the card is served again.
    desk.simulator.restore(name)
    desk.simulator.tap(name)
    client.wait_now("greeting")
    client.act("usePIN")
    assert "已被锁住" in client.wait_now("confirmPIN").text
    client.act("confirmPIN", True)
    client.wait_now("pinPad")
    mark_now = client.enter_pin(one.pin)
    client.wait("benefits", after=mark_now)
    desk.simulator.lift()
    client.wait_now("idle")


def test_card_that_does_not_tell_its_tries_asks_before_each(desk, client, mark):
    """6300: the PIN was wrong, and nobody knows how many tries are left."""
    name = "pin-unknown-tries"
    one = persona(name)
    desk.simulator.restore(name)
    desk.simulator.tap(name)
    client.wait_now("greeting")
    client.to_pad()
    mark_now = client.enter_pin(wrong_pin(one.pin))
    screen = client.wait("confirmPIN", after=mark_now)
    assert "密码不对" in screen.text and "不确定" in screen.text
    client.act("confirmPIN", True)
    client.wait_now("pinPad")
    mark_now = client.enter_pin(one.pin)
    client.wait("benefits", after=mark_now)
    desk.simulator.lift()
    client.wait_now("idle")
    rows = desk.wait_rows(mark, "SessionEnded")
    assert [row.payload.get("triesLeft") for row in rows if row.kind == "PinFailed"] == [None]


def test_one_try_left_is_told_by_the_card_and_needs_a_yes(desk, client, mark):
    name = "pin-one-try-left"
    one = persona(name)
    desk.simulator.restore(name)
    desk.simulator.tap(name)
    client.wait_now("greeting")
    screen, _ = client.to_pad(), None
    mark_now = client.enter_pin(one.pin)
    screen = client.wait("benefits", after=mark_now)
    assert screen.kind == "benefits"
    desk.simulator.lift()
    client.wait_now("idle")


def test_saying_no_to_the_last_try_leaves_the_card_alone(desk, client):
    name = "pin-one-try-left"
    desk.simulator.restore(name)
    desk.simulator.tap(name)
    client.wait_now("greeting")
    client.act("usePIN")
    client.wait_now("confirmPIN")
    before = desk.simulator.commands(reader=1)
    client.act("confirmPIN", False)
    client.wait_now("greeting")
    assert desk.simulator.commands(reader=1) == before, "no command went to the card"


def test_blocked_card_is_told_and_recorded(desk, client, mark):
    blocked = [name for name, one in all_personas().items() if one.code == "pin.blocked"]
    assert blocked, "a persona with a blocked PIN"
    for name in blocked:
        desk.simulator.restore(name)
        desk.simulator.tap(name)
        client.wait_now("greeting")
        client.to_pad()
        mark_now = client.enter_pin(persona(name).pin)
        assert client.wait("failure", after=mark_now).code == "pin.blocked"
        desk.simulator.lift()
    assert "PinLocked" in {row.kind for row in desk.wait_rows(mark, "SessionEnded")}


def test_cloned_card_gets_no_amounts_though_it_accepts_any_pin(desk, client, mark):
    """Must show 9: right files, any PIN accepted, but not the ledger's card."""
    clones = [name for name, one in all_personas().items() if "any-pin-accepted" in one.quirks]
    assert "card-cloned" in clones
    for name in clones:
        begin = client.mark()
        desk.simulator.tap(name)
        screen = client.wait("failure", "greeting", after=begin)
        assert screen.kind == "failure" and screen.code.startswith("identity.card-")
        for action, value in (("usePIN", None), ("confirmPIN", True), ("openBenefit", "DIBAO")):
            client.act(action, value)
        for seen in client.screens[begin:]:
            assert seen.kind in ("reading", "failure", "idle", "takeCard")
            assert not AMOUNT.search(seen.text)
        desk.simulator.lift()
        client.act("finish")
        client.wait_now("idle")
    kinds = {row.kind for row in desk.wait_rows(mark, "IdentityRejected", "SessionEnded")}
    assert not kinds & {"IdentityVerified", "LedgerQueried", "PinVerified"}


def test_old_card_is_refused_while_its_replacement_works(desk, client):
    """INV-20; two cards of one person."""
    old = [name for name, one in all_personas().items() if one.code == "identity.card-replaced"]
    assert old
    for name in old:
        screen, _ = journey(desk, client, name)
        assert screen.code == "identity.card-replaced"
        desk.simulator.lift()
        client.act("finish")
        client.wait_now("idle")
        new = replacement_of(name)
        screen, _ = journey(desk, client, new)
        assert screen.kind in ("greeting", "benefits")
        desk.simulator.lift()
        client.wait_now("idle")


def replacement_of(name: str) -> str:
    """The persona who holds the new card of the same person."""
    number = persona(name).holder["citizenNumber"]
    found = [
        other for other, one in all_personas().items()
        if other != name and one.holder.get("citizenNumber") == number and one.screen != "failure"
    ]
    assert found, f"no replacement of {name}"
    return found[0]


def test_card_of_the_third_generation_has_its_own_code(desk, client):
    for name, one in all_personas().items():
        if one.card.get("generation") == "3":
            screen, _ = journey(desk, client, name)
            assert screen.code == "identity.generation-unsupported"
            desk.simulator.lift()
            client.act("finish")
            client.wait_now("idle")


def test_unknown_value_is_told_and_not_guessed(desk, client, mark):
    """INV-28: an unknown pack value gives no computation but a message, and a row."""
    screen, _ = journey(desk, client, "unknown-policy-value")
    assert "标准未录入" in screen.text
    assert not AMOUNT.search(screen.text)
    assert "PolicyUnknownShown" in {row.kind for row in desk.journal.rows(mark)}
