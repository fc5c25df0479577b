"""Journey J1 in Chromium: card, who am I, what do I get; portrait and landscape, by touch and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from harness.kiosk import LANDSCAPE, PORTRAIT
from harness.personas import ELDER, persona

pytestmark = pytest.mark.browser

STATION = {"limits": {"thanks": 1}}
AMOUNT = re.compile(r"\d+\.\d\d|\d+\s*元")
EIGHT = ["DIBAO", "WUBAO", "LINSHI", "YOUFU", "GAOLING", "SHIYE", "CJHL", "CJSH"]
VIEWPORTS = [pytest.param(PORTRAIT, id="portrait"), pytest.param(LANDSCAPE, id="landscape")]


@pytest.fixture
def mark(desk) -> int:
    """The last row before the test."""
    return desk.journal.last()


def fits(kiosk) -> bool:
    """Nothing is cut off: no sideways scrolling, and every button inside the window."""
    return kiosk.page.evaluate(
        """() => {
          const inside = (box) => box.left >= -1 && box.right <= innerWidth + 1;
          const buttons = [...document.querySelectorAll('#screen button')].map((b) => b.getBoundingClientRect());
          return document.documentElement.scrollWidth <= innerWidth && buttons.every(inside);
        }"""
    )


def look(kiosk, title: str) -> None:
    kiosk.picture(title)
    assert fits(kiosk), f"{title} does not fit into {kiosk.page.viewport_size}"


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_card_to_blank_screen_by_touch(desk, kiosk, mark, viewport):
    """INV-15: no amounts before the PIN, blank after the card is taken; the whole of J1."""
    elder = persona(ELDER)
    kiosk.page.set_viewport_size(viewport)
    expect(kiosk.root).to_contain_text("请插入社会保障卡")
    expect(kiosk.root).to_contain_text("演示")
    look(kiosk, "1-idle")

    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    expect(kiosk.heading).to_contain_text(re.compile(rf"您好.{re.escape(elder.masked_name)}"))
    expect(kiosk.root).to_contain_text(f"您有 {len(elder.expect['programmes'])} 项待遇")
    shown = kiosk.page.locator(".names [data-programme]").evaluate_all("(items) => items.map((i) => i.dataset.programme)")
    assert shown == elder.expect["programmes"]
    assert not AMOUNT.search(kiosk.text), "no amounts at L1"
    assert elder.holder["name"] not in kiosk.text and elder.holder["citizenNumber"] not in kiosk.text
    expect(kiosk.root).to_contain_text("数据截至")
    look(kiosk, "2-greeting")

    kiosk.touch("#use-pin")
    kiosk.wait("confirmPIN")
    expect(kiosk.root).to_contain_text("不确定")
    look(kiosk, "3-confirm")
    kiosk.touch("#confirm-yes")
    kiosk.wait("pinPad")
    look(kiosk, "4-pin")

    kiosk.type_by_touch(elder.pin)
    kiosk.wait("benefits")
    owned = kiosk.page.locator(".card[data-programme]").evaluate_all("(items) => items.map((i) => i.dataset.programme)")
    absent = kiosk.page.locator(".chip[data-programme]").evaluate_all("(items) => items.map((i) => i.dataset.programme)")
    assert owned == elder.expect["programmes"]
    assert sorted(owned + absent) == sorted(EIGHT)
    for card in kiosk.page.locator(".card[data-programme]").all():
        expect(card.locator(".card-amount")).to_contain_text("元")
        expect(card).to_contain_text("上次")
        expect(card).to_contain_text("下次")
    expect(kiosk.root).to_contain_text("数据截至")
    look(kiosk, "5-benefits")

    kiosk.touch("#open-DIBAO")
    kiosk.wait("history")
    rows = kiosk.page.locator(".months tbody tr")
    assert 12 <= rows.count() <= 13
    expect(rows.first).to_contain_text("年")
    look(kiosk, "6-history")
    kiosk.act("back")
    kiosk.wait("benefits")

    kiosk.act("finish")
    kiosk.wait("rating")
    assert not AMOUNT.search(kiosk.text)
    look(kiosk, "7-rating")
    kiosk.touch("#rate-3")
    kiosk.wait("thanks", "takeCard")
    look(kiosk, "8-thanks")
    kiosk.wait("takeCard")
    expect(kiosk.root).to_contain_text("请取走您的卡")
    look(kiosk, "9-take-card")
    desk.simulator.lift()
    kiosk.wait("idle")
    assert elder.masked_name not in kiosk.text

    rows = desk.wait_rows(mark, "SessionEnded", "ServiceRated")
    desk.journal.assert_sessions_closed(rows)
    verified = [row for row in rows if row.kind == "IdentityVerified"]
    assert [row["level"] for row in verified] == ["L1", "L2"]
    assert all(row["cardAuthentication"] == "none" for row in verified)
    assert [row["scope"] for row in rows if row.kind == "LedgerQueried"] == ["summary", "details", "history"]
    kinds = [row.kind for row in rows]
    assert kinds.index("CardRead") < kinds.index("IdentityVerified") < kinds.index("PinVerified") < kinds.index("SessionEnded")
    rated = next(row for row in rows if row.kind == "ServiceRated")
    assert rated.session is None, "a rating is kept without the person"
    desk.journal.assert_whole()


def test_whole_journey_by_keyboard(desk, kiosk, mark):
    elder = persona(ELDER)
    keyboard = kiosk.page.keyboard
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    focus(kiosk, "#use-pin")
    keyboard.press("Enter")
    kiosk.wait("confirmPIN")
    focus(kiosk, "#confirm-yes")
    keyboard.press("Space")
    kiosk.wait("pinPad")
    kiosk.type_by_keyboard(elder.pin)
    kiosk.wait("benefits")
    focus(kiosk, "#open-DIBAO")
    keyboard.press("Enter")
    kiosk.wait("history")
    keyboard.press("Escape")
    kiosk.wait("benefits")
    focus(kiosk, "#action-finish")
    keyboard.press("Enter")
    kiosk.wait("rating")
    focus(kiosk, "#rate-3")
    keyboard.press("Enter")
    kiosk.wait("takeCard")
    desk.simulator.lift()
    kiosk.wait("idle")
    assert "PinVerified" in {row.kind for row in desk.wait_rows(mark, "SessionEnded")}


def focus(kiosk, selector: str) -> None:
    """Walks with the Tab key until the element has the focus."""
    for _ in range(60):
        kiosk.page.keyboard.press("Tab")
        if kiosk.page.evaluate("(selector) => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def test_quick_typing_loses_no_digit(desk, kiosk):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.to_pad()
    kiosk.page.keyboard.type(persona(ELDER).pin)
    kiosk.wait_entered(len(persona(ELDER).pin))
    kiosk.page.keyboard.press("Enter")
    kiosk.wait("benefits")


def test_delete_and_cancel_of_the_pad(desk, kiosk):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.to_pad()
    kiosk.key("1").click()
    kiosk.wait_entered(1)
    kiosk.key("2").click()
    kiosk.wait_entered(2)
    kiosk.touch("#key-delete")
    kiosk.wait_entered(1)
    kiosk.touch("#key-cancel")
    kiosk.wait("greeting")
    kiosk.to_pad()
    assert kiosk.page.locator(".dots i.on").count() == 0, "nothing of a cancelled PIN is kept"


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_english_by_a_button_until_the_session_ends(desk, kiosk, viewport):
    kiosk.page.set_viewport_size(viewport)
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.touch("#language")
    expect(kiosk.heading).to_have_text(f"Hello, {persona(ELDER).masked_name}")
    assert kiosk.page.evaluate("() => document.documentElement.lang") == "en"
    look(kiosk, "greeting-english")
    kiosk.to_benefits(persona(ELDER).pin)
    expect(kiosk.root).to_contain_text("Benefits of")
    look(kiosk, "benefits-english")
    kiosk.touch("#open-DIBAO")
    kiosk.wait("history")
    look(kiosk, "history-english")
    desk.simulator.lift()
    kiosk.wait("idle")
    expect(kiosk.heading).to_have_text("请插入社会保障卡")


def test_help_calls_staff_once_and_is_journaled(desk, kiosk, mark):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.touch("#help")
    expect(kiosk.page.locator("#help")).to_contain_text("已呼叫")
    expect(kiosk.page.locator("#announcer")).to_contain_text("已呼叫工作人员")
    kiosk.picture("help-called")
    rows = desk.wait_rows(mark, "HelpCalled")
    assert sum(row.kind == "HelpCalled" for row in rows) == 1


def test_help_can_be_called_from_the_idle_page(desk, kiosk, mark):
    kiosk.touch("#help")
    desk.wait_rows(mark, "HelpCalled")


def test_more_time_starts_the_countdown_anew(desk, kiosk):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    seconds = kiosk.page.locator("[data-seconds]")
    full = int(seconds.inner_text())
    kiosk.page.wait_for_function(f"() => Number(document.querySelector('[data-seconds]').textContent) < {full - 1}")
    kiosk.act("moreTime")
    kiosk.page.wait_for_function(f"() => Number(document.querySelector('[data-seconds]').textContent) >= {full - 1}")


def test_random_pad_draws_the_digits_in_another_order(town, chromium):
    from harness.station import Station

    station = Station("journey-random", town, random_pad=True)
    try:
        station.start()
        with chromium.kiosk(station.kiosk_url, "random-pad") as kiosk:
            kiosk.wait("idle")
            orders = set()
            for _ in range(3):
                station.simulator.tap(ELDER)
                kiosk.wait("greeting")
                kiosk.to_pad()
                labels = kiosk.page.locator('[data-role="digit"]').all_inner_texts()
                assert sorted(labels) == list("0123456789")
                orders.add("".join(labels))
                station.simulator.lift()
                kiosk.wait("idle")
            assert len(orders) > 1
            station.simulator.tap(ELDER)
            kiosk.wait("greeting")
            kiosk.to_benefits(persona(ELDER).pin)
    finally:
        station.stop()


def test_tapped_card_stays_until_finish(desk, kiosk, mark):
    """A contactless card may be taken away at once; Finish ends the session."""
    desk.simulator.tap(ELDER, reader=2)
    kiosk.wait("greeting")
    desk.simulator.lift(reader=2)
    kiosk.touch("#use-pin")
    kiosk.wait("confirmPIN")
    desk.simulator.tap(ELDER, reader=2)
    kiosk.touch("#confirm-yes")
    kiosk.wait("pinPad")
    kiosk.type_by_touch(persona(ELDER).pin)
    kiosk.wait("benefits")
    desk.simulator.lift(reader=2)
    kiosk.touch("#open-DIBAO")
    kiosk.wait("history")
    kiosk.act("finish")
    kiosk.wait("rating")
    kiosk.touch("#rate-2")
    kiosk.wait("thanks")
    kiosk.wait("idle")
    rows = desk.wait_rows(mark, "SessionEnded")
    assert [row["level"] for row in rows if row.kind == "SessionEnded"] == ["L2"]


def test_page_loads_nothing_from_elsewhere(desk, chromium):
    with chromium.context() as context:
        page = context.pages[0]
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        problems = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(desk.kiosk_url)
        page.locator('[data-screen="idle"]').wait_for()
        origin = f"http://127.0.0.1:{desk.port}/"
        assert asked and all(url.startswith((origin, "data:")) for url in asked)
        assert problems == []
