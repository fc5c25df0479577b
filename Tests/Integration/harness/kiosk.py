"""The kiosk page in Chromium."""

import contextlib
import itertools
import typing

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from .paths import SCREENSHOTS, WORK
from .waiting import PATIENCE

PORTRAIT = {"width": 1080, "height": 1920}
LANDSCAPE = {"width": 1280, "height": 800}

# Watches the page from its first moment: when personal screens stood and when they were gone, by the page's own clock.
WATCHER = """
window.__seen = [];
new MutationObserver(() => {
  const screen = document.getElementById('screen');
  const page = screen && !screen.hidden && screen.querySelector('[data-screen]');
  const kind = page ? page.dataset.screen : 'neutral';
  const last = window.__seen.at(-1);
  if (!last || last.kind !== kind) window.__seen.push({kind, at: performance.timeOrigin + performance.now()});
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


class Kiosk:
    """One opened kiosk page."""

    def __init__(self, page: Page, name: str):
        self.page = page
        self.name = name
        page.set_default_timeout(PATIENCE * 1000)

    # MARK: looking

    @property
    def root(self) -> Locator:
        return self.page.locator("#screen [data-screen]")

    def wait(self, *kinds: str) -> str:
        """Until one of these screens stands."""
        selector = ", ".join(f'#screen:not([hidden]) [data-screen="{kind}"]' for kind in kinds)
        self.page.locator(selector).first.wait_for(state="visible")
        return self.kind

    def wait_neutral(self) -> None:
        """Until the page has blanked itself."""
        self.page.locator("#screen").wait_for(state="hidden")

    @property
    def heading(self) -> Locator:
        return self.page.locator("#screen h1")

    @property
    def kind(self) -> str:
        """The screen that stands, or `neutral` when the page is blank."""
        return self.page.evaluate(
            "() => { const s = document.getElementById('screen');"
            " return s.hidden ? 'neutral' : s.querySelector('[data-screen]')?.dataset.screen ?? 'neutral'; }"
        )

    @property
    def text(self) -> str:
        """All text of the document, shown or not."""
        return self.page.evaluate("() => document.documentElement.textContent")

    @property
    def code(self) -> str:
        return self.page.locator(".contact-code dd").inner_text()

    def left_at(self, kind: str) -> float:
        """When that screen was last replaced, in seconds since 1970 by the page's clock."""
        seen = self.page.evaluate("() => window.__seen")
        for former, later in reversed(list(itertools.pairwise(seen))):
            if former["kind"] == kind:
                return later["at"] / 1000
        raise AssertionError(f"{kind} was never left; seen: {[item['kind'] for item in seen]}")

    def picture(self, title: str) -> None:
        """Keeps a picture as a test artefact."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SCREENSHOTS / f"{self.name}-{title}.png"))

    # MARK: doing

    def touch(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def act(self, action: str) -> None:
        self.touch(f'#screen [data-action="{action}"]')

    def to_pad(self) -> None:
        """From the greeting to the pad, saying yes where asked."""
        self.touch("#use-pin")
        if self.wait("confirmPIN", "pinPad") == "confirmPIN":
            self.touch("#confirm-yes")
            self.wait("pinPad")

    def key(self, digit: str) -> Locator:
        return self.page.locator('[data-role="digit"]').filter(has_text=digit).first

    def dots(self) -> Locator:
        return self.page.locator(".dots i")

    def type_by_touch(self, pin: str) -> None:
        for count, digit in enumerate(pin, 1):
            self.key(digit).click()
            self.wait_entered(count)
        self.touch("#key-enter")

    def type_by_keyboard(self, pin: str) -> None:
        for count, digit in enumerate(pin, 1):
            self.page.keyboard.press(digit)
            self.wait_entered(count)
        self.page.keyboard.press("Enter")

    def wait_entered(self, count: int) -> None:
        expect(self.page.locator(".pin .spoken").first).to_contain_text(str(count), timeout=PATIENCE * 1000)

    def to_benefits(self, pin: str) -> None:
        self.to_pad()
        self.type_by_touch(pin)
        self.wait("benefits")


class Chromium:
    """Starts browsers with a profile of their own under the work directory, where the leak test looks."""

    def __init__(self, driver: Playwright):
        self._driver = driver
        self._profiles = itertools.count(1)

    @contextlib.contextmanager
    def context(self, viewport: dict | None = None, **options) -> typing.Iterator[BrowserContext]:
        """A browser with an empty profile."""
        profile = WORK / "chromium" / f"profile-{next(self._profiles)}"
        context = self._driver.chromium.launch_persistent_context(
            str(profile), executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"],
            viewport=viewport or PORTRAIT, locale="zh-CN", **options,
        )
        try:
            yield context
        finally:
            context.close()

    @contextlib.contextmanager
    def kiosk(self, url: str, name: str, viewport: dict | None = None) -> typing.Iterator[Kiosk]:
        """The kiosk page in a browser of its own."""
        with self.context(viewport) as context, opened(context, url, name) as kiosk:
            yield kiosk


@contextlib.contextmanager
def opened(context: BrowserContext, url: str, name: str) -> typing.Iterator[Kiosk]:
    """The kiosk page in a new tab; its last picture is kept."""
    page = context.new_page()
    page.add_init_script(WATCHER)
    kiosk = Kiosk(page, name)
    page.goto(url)
    try:
        yield kiosk
    finally:
        with contextlib.suppress(Exception):
            kiosk.picture("end")
        page.close()
