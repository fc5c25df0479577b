"""A card torn out at every APDU boundary: the right message, an idle page, a whole journal (Must show 4)."""

import pytest

from harness.personas import ELDER, persona

# A read of a generation-2 card has about twenty commands, an entry of the PIN some more; the loops end by themselves.
BOUNDARIES_MAX = 120


@pytest.fixture
def mark(desk) -> int:
    """The last row before the test."""
    return desk.journal.last()


def back_to_idle(desk, client) -> None:
    """From the message, with the card out, to the idle page."""
    if client.screen.kind != "idle":
        client.act("finish")
    client.wait_now("idle")


@pytest.mark.parametrize("phase", ["before", "after"])
@pytest.mark.parametrize("reader", [1, 2], ids=["contact", "contactless"])
def test_torn_out_at_every_boundary_of_a_read(desk, client, mark, phase, reader):
    torn = 0
    for number in range(1, BOUNDARIES_MAX):
        begin = client.mark()
        desk.simulator.tear_out(number, phase, reader=reader)
        desk.simulator.tap(ELDER, reader=reader)
        screen = client.wait("failure", "greeting", after=begin)
        if screen.kind == "greeting":
            break
        torn += 1
        assert screen.code == "card.removed", f"boundary {number} {phase}: {screen.code}"
        assert "卡片取走得太早" in screen.text and "12345" in screen.text
        assert not screen.personal
        back_to_idle(desk, client)
        desk.simulator.reset()
    else:
        raise AssertionError("a read has no end")
    desk.simulator.reset()
    back_to_idle_after_success(client)
    assert torn >= 10, f"{torn} boundaries"
    rows = desk.wait_rows(mark, "SessionEnded")
    sessions = desk.journal.assert_sessions_closed(rows)
    assert len(sessions) == torn + 1
    desk.journal.assert_whole()


def back_to_idle_after_success(client) -> None:
    if client.screen.kind not in ("idle", "takeCard"):
        client.act("finish")
        client.wait_now("rating", "idle")
        if client.screen.kind == "rating":
            client.act("skipRating")
    client.wait_now("idle")


@pytest.mark.parametrize("phase", ["before", "after"])
def test_torn_out_at_every_boundary_of_a_pin_entry(desk, client, mark, phase):
    torn = 0
    for number in range(1, BOUNDARIES_MAX):
        begin = client.mark()
        desk.simulator.tap(ELDER)
        client.wait("greeting", after=begin)
        client.to_pad()
        desk.simulator.tear_out(number, phase)
        entered = client.enter_pin(persona(ELDER).pin)
        screen = client.wait("failure", "benefits", after=entered)
        if screen.kind == "benefits":
            break
        torn += 1
        assert screen.code == "card.removed", f"boundary {number} {phase}: {screen.code}"
        assert "12345" in screen.text and not screen.personal
        back_to_idle(desk, client)
        desk.simulator.reset()
    else:
        raise AssertionError("a PIN entry has no end")
    desk.simulator.lift()
    client.wait_now("idle")
    assert torn >= 10, f"{torn} boundaries"
    rows = desk.wait_rows(mark, "SessionEnded")
    assert len(desk.journal.assert_sessions_closed(rows)) == torn + 1
    desk.journal.assert_whole()


def test_next_card_works_after_a_torn_one(desk, client):
    desk.simulator.tear_out(5, "before")
    desk.simulator.tap(ELDER)
    assert client.wait("failure").code == "card.removed"
    mark = client.mark()
    desk.simulator.tap("resident-wubao")
    assert persona("resident-wubao").masked_name in client.wait("greeting", after=mark).text
