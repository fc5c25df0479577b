"""Large targets, names for screen readers, contrast, focus, and a PIN that is never spoken."""

import re

import pytest

from harness.kiosk import LANDSCAPE, PORTRAIT
from harness.personas import ELDER, persona

pytestmark = pytest.mark.browser
STATION = {"limits": {"thanks": 1}}

# CSS pixels; a kiosk screen shows them at about a quarter of a millimetre, so that a finger covers some 70 of them.
TARGET_MIN = 72
# WCAG 2.2 AA, for text of any size.
CONTRAST_MIN = 4.5
VIEWPORTS = [pytest.param(PORTRAIT, id="portrait"), pytest.param(LANDSCAPE, id="landscape")]

# Every screen of J1, and how to come to it from the one before.
STEPS = [
    ("idle", lambda desk, kiosk: None),
    ("greeting", lambda desk, kiosk: desk.simulator.tap(ELDER)),
    ("confirmPIN", lambda desk, kiosk: kiosk.touch("#use-pin")),
    ("pinPad", lambda desk, kiosk: kiosk.touch("#confirm-yes")),
    ("benefits", lambda desk, kiosk: kiosk.type_by_touch(persona(ELDER).pin)),
    ("history", lambda desk, kiosk: kiosk.touch("#open-DIBAO")),
    ("rating", lambda desk, kiosk: kiosk.act("finish")),
    ("takeCard", lambda desk, kiosk: kiosk.touch("#rate-1")),
]

CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const parse = (text) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = '#000'; canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat([1]);
  const luminance = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) {
      const color = parse(getComputedStyle(n).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility() || element.closest('.spoken, script, style')) continue;
    const back = ground(element);
    const front = over(parse(getComputedStyle(element).color), back);
    const [a, b] = [luminance(front), luminance(back)].sort((x, y) => y - x);
    found.push({text: text.slice(0, 20), ratio: (a + .05) / (b + .05), size: parseFloat(getComputedStyle(element).fontSize)});
  }
  return found;
}"""

TARGETS = """() => [...document.querySelectorAll('#screen button')].filter((b) => b.checkVisibility()).map((b) => {
  const box = b.getBoundingClientRect();
  return {id: b.id, width: box.width, height: box.height, left: box.left, top: box.top, right: box.right, bottom: box.bottom};
})"""

NAMES = """() => [...document.querySelectorAll('#screen button')].filter((b) => b.checkVisibility()).map((b) => ({
  id: b.id, name: (b.getAttribute('aria-label') ?? b.textContent).trim(), hidden: !!b.closest('[aria-hidden=true]'),
}))"""


def walk(desk, kiosk, check) -> None:
    """Goes through J1 and checks each screen."""
    for kind, step in STEPS:
        step(desk, kiosk)
        kiosk.wait(kind)
        check(kind)
    desk.simulator.lift()
    kiosk.wait("idle")


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_touch_targets_are_large_and_apart(desk, kiosk, viewport):
    kiosk.page.set_viewport_size(viewport)
    small: list = []

    def check(kind: str) -> None:
        targets = kiosk.page.evaluate(TARGETS)
        small.extend((kind, one["id"], one["width"], one["height"]) for one in targets
                     if min(one["width"], one["height"]) < TARGET_MIN)
        for first in targets:
            for second in targets:
                if first["id"] < second["id"]:
                    across = min(first["right"], second["right"]) - max(first["left"], second["left"])
                    down = min(first["bottom"], second["bottom"]) - max(first["top"], second["top"])
                    assert across <= 0 or down <= 0, f"{kind}: {first['id']} lies over {second['id']}"

    walk(desk, kiosk, check)
    assert small == []


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_text_stands_out_from_its_ground(desk, kiosk, language):
    weak: list = []

    def check(kind: str) -> None:
        if kind == "greeting" and language == "en":
            kiosk.touch("#language")
            kiosk.page.wait_for_function("() => document.documentElement.lang === 'en'")
        for one in kiosk.page.evaluate(CONTRAST):
            if one["ratio"] < CONTRAST_MIN:
                weak.append((kind, one["text"], round(one["ratio"], 2)))

    walk(desk, kiosk, check)
    assert weak == []


@pytest.mark.parametrize("name", ["card-temp-lost", "card-mute"])
def test_failure_text_stands_out_and_is_announced(desk, kiosk, name):
    desk.simulator.tap(name)
    kiosk.wait("failure")
    assert [one for one in kiosk.page.evaluate(CONTRAST) if one["ratio"] < CONTRAST_MIN] == []
    assert kiosk.page.locator("#announcer").inner_text().strip()


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_text_is_large(desk, kiosk, viewport):
    kiosk.page.set_viewport_size(viewport)
    least = {1080: 28, 1280: 20}[viewport["width"]]

    def check(kind: str) -> None:
        assert [one for one in kiosk.page.evaluate(CONTRAST) if one["size"] < least] == []

    walk(desk, kiosk, check)


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_nothing_has_to_be_scrolled(desk, kiosk, viewport):
    kiosk.page.set_viewport_size(viewport)
    hidden: list = []

    def check(kind: str) -> None:
        main = kiosk.page.evaluate(
            "() => { const m = document.querySelector('#main'); return [m.scrollHeight, m.clientHeight]; }"
        )
        if main[0] > main[1] + 1:
            hidden.append((kind, *main))

    walk(desk, kiosk, check)
    assert hidden == []


def test_every_button_has_a_name_of_its_own(desk, kiosk):
    def check(kind: str) -> None:
        buttons = kiosk.page.evaluate(NAMES)
        assert all(one["name"] and not one["hidden"] for one in buttons), f"{kind}: {buttons}"
        names = [one["name"] for one in buttons]
        assert len(set(names)) == len(names), f"{kind}: two buttons of one name: {names}"
        snapshot = kiosk.page.locator("body").aria_snapshot()
        assert "heading" in snapshot and "button" in snapshot
        assert kiosk.page.locator("h1:visible").count() == 1

    walk(desk, kiosk, check)


def test_each_new_screen_takes_the_focus_to_its_heading(desk, kiosk):
    def check(kind: str) -> None:
        assert kiosk.page.evaluate("() => document.activeElement?.tagName") == "H1", kind

    walk(desk, kiosk, check)


def test_focus_goes_through_a_screen_in_reading_order(desk, kiosk):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.to_benefits(persona(ELDER).pin)
    order = []
    for _ in range(20):
        kiosk.page.keyboard.press("Tab")
        focused = kiosk.page.evaluate("() => document.activeElement?.id")
        if focused in order:
            break
        if focused:
            order.append(focused)
    expected = kiosk.page.evaluate("() => [...document.querySelectorAll('#screen button')].filter((b) => b.checkVisibility()).map((b) => b.id)"
    )
    assert sorted(order) == sorted(expected)
    owned = [name for name in order if name.startswith("open-")]
    assert owned == [f"open-{code}" for code in persona(ELDER).expect["programmes"]]


def test_focus_is_visible(desk, kiosk):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.page.keyboard.press("Tab")
    style = kiosk.page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
    )
    assert style[0] != "none" and style[1] >= 3


def test_digits_of_the_pin_are_never_spoken_nor_kept_in_the_page(desk, kiosk):
    """Screen readers hear the place of a key, not its digit; the page holds a count alone."""
    pin = persona(ELDER).pin
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.to_pad()
    names = kiosk.page.locator('[data-role="digit"]').evaluate_all("(keys) => keys.map((k) => k.getAttribute('aria-label'))")
    assert all(re.fullmatch(r"按键.第\d行第\d个", name) for name in names) and len(set(names)) == 10
    assert kiosk.page.locator('[data-role="digit"] span').evaluate_all(
        "(labels) => labels.every((l) => l.getAttribute('aria-hidden') === 'true')"
    )
    spoken = []
    for count, digit in enumerate(pin, 1):
        kiosk.key(digit).click()
        kiosk.wait_entered(count)
        spoken.append(kiosk.page.locator("#announcer").inner_text())
        markup = kiosk.page.evaluate("() => document.documentElement.outerHTML")
        assert pin[:count] not in re.sub(r'data-value="[^"]*"', "", markup) or count < 3
        assert kiosk.page.locator("input").count() == 0
        assert all(len(value) >= 16 for value in kiosk.page.locator("[data-pad] [data-value]").evaluate_all(
            "(keys) => keys.map((k) => k.dataset.value)"))
    assert spoken == [f"已输入 {count} 位" for count in range(1, len(pin) + 1)]


def test_snapshot_of_the_pad_tells_no_digit(desk, kiosk):
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.to_pad()
    pad = kiosk.page.locator("[data-pad]").aria_snapshot()
    names = re.findall(r'button "([^"]*)"', pad)
    digits = [name for name in names if name.startswith("按键")]
    assert len(digits) == 10
    assert not any(name.isdigit() for name in names)


def test_countdown_is_announced_before_the_end(town, chromium):
    from harness.station import Station

    station = Station("announce", town, limits={"idle": 12})
    try:
        station.start()
        with chromium.kiosk(station.kiosk_url, "announce") as kiosk:
            kiosk.wait("idle")
            station.simulator.tap(ELDER)
            kiosk.wait("greeting")
            kiosk.page.wait_for_function("() => document.getElementById('announcer').textContent.includes('10秒')")
    finally:
        station.stop()


def test_motion_stops_for_those_who_ask(desk, kiosk):
    kiosk.page.emulate_media(reduced_motion="reduce")
    running = kiosk.page.evaluate("() => document.getAnimations().filter((a) => a.playState === 'running').length")
    assert running == 0
