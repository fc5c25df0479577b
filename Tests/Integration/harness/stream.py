"""A kiosk page without a browser: the event stream and the actions over plain HTTP, for tests that need many sessions."""

import dataclasses
import html
import html.parser
import http.client
import json
import re
import socket
import threading
import time
import typing
import urllib.parse

from .waiting import PATIENCE


class _Buttons(html.parser.HTMLParser):
    """Buttons of a screen with their text."""

    def __init__(self):
        super().__init__()
        self.buttons: list[dict] = []
        self._open: dict | None = None

    def handle_starttag(self, tag, attributes):
        if tag == "button":
            self._open = dict(attributes) | {"text": ""}
            self.buttons.append(self._open)

    def handle_endtag(self, tag):
        if tag == "button":
            self._open = None

    def handle_data(self, data):
        if self._open is not None:
            self._open["text"] += data.strip()


@dataclasses.dataclass(frozen=True)
class ScreenEvent:
    """One screen as the page gets it."""

    sequence: int
    html: str
    kind: str
    seconds_left: int | None
    personal: bool
    in_session: bool
    language: str
    at: float

    @property
    def text(self) -> str:
        """What stands on the screen, in one line."""
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", self.html))).strip()

    @property
    def code(self) -> str | None:
        """The failure code that stands on the screen."""
        found = re.search(r'class="contact-code"><dt>[^<]*</dt><dd>([^<]*)</dd>', self.html)
        return html.unescape(found.group(1)) if found else None

    @property
    def buttons(self) -> list[dict]:
        parser = _Buttons()
        parser.feed(self.html)
        return parser.buttons

    def button(self, action: str, value: str | None = None) -> dict | None:
        for button in self.buttons:
            if button.get("data-action") == action and value in (None, button.get("data-value")):
                return button
        return None

    @property
    def entered(self) -> int:
        """Digits that stand on the PIN pad."""
        return self.html.count('<i class="on">')


class KioskClient:
    """The live page of a service point."""

    def __init__(self, url: str, point: str = "kiosk-1"):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.point = point
        self.token = urllib.parse.parse_qs(parts.fragment)["token"][0]
        self.screens: list[ScreenEvent] = []
        self.heartbeats: list[float] = []
        self.others: list[tuple[str, str]] = []
        self.stream_id = ""
        self.ended_at: float | None = None
        self._changed = threading.Condition()
        self._stream = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        self._actions: http.client.HTTPConnection | None = None
        self._open()

    # MARK: stream

    def _open(self) -> None:
        headers = {"X-OneCard-Page": self.token, "Accept": "text/event-stream"}
        self._stream.request("GET", f"/kiosk/events?point={self.point}", headers=headers)
        self._socket = self._stream.sock
        self._response = self._stream.getresponse()
        self.response_headers = {name.lower(): value for name, value in self._response.getheaders()}
        if self._response.status != 200:
            raise AssertionError(f"event stream: {self._response.status} {self._response.read(2000)!r}")
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self.until(lambda: self.stream_id, "hello")

    def _listen(self) -> None:
        name, data = "message", []
        try:
            while True:
                line = self._response.readline()
                if not line:
                    break
                text = line.decode().rstrip("\r\n")
                if text.startswith("event:"):
                    name = text[6:].strip()
                elif text.startswith("data:"):
                    data.append(text[5:].removeprefix(" "))
                elif not text:
                    self._take(name, "\n".join(data))
                    name, data = "message", []
        except (OSError, http.client.HTTPException, AttributeError, ValueError):
            pass
        with self._changed:
            self.ended_at = time.monotonic()
            self._changed.notify_all()

    def _take(self, name: str, data: str) -> None:
        now = time.monotonic()
        with self._changed:
            if name == "screen":
                value = json.loads(data)
                self.screens.append(
                    ScreenEvent(
                        value["sequence"], value["html"], value["screen"], value.get("secondsLeft"), value["personal"],
                        value["inSession"], value["language"], now,
                    )
                )
            elif name == "heartbeat":
                self.heartbeats.append(now)
            elif name == "hello":
                self.stream_id = json.loads(data)["page"]
            if name not in ("screen", "heartbeat"):
                self.others.append((name, data))
            self._changed.notify_all()

    def until(self, condition: typing.Callable, what: str, seconds: float = PATIENCE):
        """Waits for events until `condition` is true."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                value = condition()
                if value:
                    return value
                rest = deadline - time.monotonic()
                if rest <= 0:
                    seen = [f"{screen.kind}{'/' + screen.code if screen.code else ''}" for screen in self.screens[-6:]]
                    raise AssertionError(f"not within {seconds:g} s: {what}; last screens: {seen}, others: {self.others[-3:]}")
                self._changed.wait(rest)

    @property
    def screen(self) -> ScreenEvent:
        """What stands now."""
        return self.screens[-1]

    def mark(self) -> int:
        """A point in the stream, for `wait(after=…)`."""
        return len(self.screens)

    def wait(self, *kinds: str, after: int = 0, seconds: float = PATIENCE, where=None) -> ScreenEvent:
        """The first screen of one of these kinds behind a mark."""

        def look() -> ScreenEvent | None:
            for screen in self.screens[after:]:
                if screen.kind in kinds and (where is None or where(screen)):
                    return screen
            return None

        return self.until(look, f"screen {' or '.join(kinds)}", seconds)

    def wait_now(self, *kinds: str, seconds: float = PATIENCE, where=None) -> ScreenEvent:
        """Until one of these kinds stands."""

        def look() -> ScreenEvent | None:
            if not self.screens:
                return None
            last = self.screens[-1]
            return last if last.kind in kinds and (where is None or where(last)) else None

        return self.until(look, f"standing screen {' or '.join(kinds)}", seconds)

    def wait_end(self, seconds: float = PATIENCE) -> float:
        """Until the stream has ended; when."""
        return self.until(lambda: self.ended_at, "end of the stream", seconds)

    def close(self) -> None:
        """Closes the page as a browser would that is gone."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._thread.join(PATIENCE)
        self._stream.close()
        if self._actions is not None:
            self._actions.close()

    # MARK: actions

    def post(self, body: bytes, headers: dict[str, str] | None = None, path: str | None = None) -> tuple[int, bytes]:
        """Sends an action as raw bytes; status and body of the answer."""
        all_headers = {
            "X-OneCard-Page": self.token, "X-OneCard-Stream": self.stream_id, "Content-Type": "application/json",
            "Origin": f"http://{self.host}:{self.port}",
        } | (headers or {})
        for attempt in (1, 2):
            if self._actions is None:
                self._actions = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
            try:
                self._actions.request("POST", path or f"/kiosk/actions?point={self.point}", body, all_headers)
                response = self._actions.getresponse()
                return response.status, response.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self._actions.close()
                self._actions = None
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def act(self, action: str, value=None) -> None:
        body = {"action": action} | ({} if value is None else {"value": value})
        status, answer = self.post(json.dumps(body).encode())
        assert status == 204, f"{action}: {status} {answer!r}"

    def press(self, role: str, label: str = "") -> None:
        """Presses one key of the pad that stands."""
        screen = self.wait_now("pinPad")
        for button in screen.buttons:
            if button.get("data-role") == role and (role != "digit" or button["text"] == label):
                mark = self.mark()
                self.act("pinKey", button["data-value"])
                if role in ("digit", "delete"):
                    self.until(lambda: len(self.screens) > mark, "the pad after a key")
                return
        raise AssertionError(f"no key {role} {label}")

    def to_pad(self) -> ScreenEvent:
        """From the greeting to the PIN pad, saying yes where asked."""
        mark = self.mark()
        self.act("usePIN")
        screen = self.wait("confirmPIN", "pinPad", after=mark)
        if screen.kind == "confirmPIN":
            self.act("confirmPIN", True)
            screen = self.wait("pinPad", after=mark)
        return screen

    def enter_pin(self, digits: str) -> int:
        """Types a PIN on the pad that stands and presses enter; the mark before enter."""
        for digit in digits:
            self.press("digit", digit)
        mark = self.mark()
        self.press("enter")
        return mark

    def to_benefits(self, digits: str) -> ScreenEvent:
        """From the greeting to the benefits."""
        self.to_pad()
        mark = self.enter_pin(digits)
        return self.wait("benefits", after=mark)
