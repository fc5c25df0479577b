"""A kiosk page without a browser: one event stream and one connection for actions, read by one thread.

The time of an event is taken when the bytes that complete it have arrived.
"""

import http.client
import json
import re
import socket
import time
import typing
import urllib.parse

from .processes import BenchFailure

BUTTON = re.compile(r"<button\b([^>]*)>(.*?)</button>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
PATIENCE = 20


class Screen(typing.NamedTuple):
    """One screen as the page gets it, and when it was there (monotonic seconds)."""

    kind: str
    html: str
    at: float

    def button(self, role: str, label: str = "") -> str:
        """The value of a key of the PIN pad."""
        for attributes, content in BUTTON.findall(self.html):
            found = dict(ATTRIBUTE.findall(attributes))
            if found.get("data-role") == role and (role != "digit" or re.sub("<[^>]*>", "", content).strip() == label):
                return found["data-value"]
        raise BenchFailure(f"the pad has no key {role} {label}")


class Kiosk:
    """The live page of a service point."""

    def __init__(self, url: str):
        parts = urllib.parse.urlsplit(url)
        self.port = parts.port
        self.token = urllib.parse.parse_qs(parts.fragment)["token"][0]
        self.query = parts.query
        self.page = ""
        self.latest: Screen | None = None
        self._text = b""
        self._raw = b""
        self._stream = self._open()
        self._actions = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self._actions.connect()
        self._actions.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while not self.page:
            self._receive()

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_) -> None:
        self._stream.close()
        self._actions.close()

    # MARK: the stream

    def _open(self) -> socket.socket:
        stream = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        stream.sendall(
            f"GET /kiosk/events?{self.query} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nX-OneCard-Page: {self.token}\r\n"
            "Accept: text/event-stream\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._raw:
            self._raw += stream.recv(65_536)
        head, self._raw = self._raw.split(b"\r\n\r\n", 1)
        if b" 200 " not in head.split(b"\r\n")[0] or b"chunked" not in head.lower():
            raise BenchFailure(f"the event stream was refused: {head[:200]!r}")
        return stream

    def _receive(self) -> None:
        """Waits for bytes and takes in the events that they complete."""
        got = self._stream.recv(65_536)
        at = time.monotonic()
        if not got:
            raise BenchFailure("the event stream has ended")
        self._raw += got
        while (end := self._raw.find(b"\r\n")) >= 0:
            size = int(self._raw[:end].split(b";")[0], 16)
            if len(self._raw) < end + 2 + size + 2:
                break
            self._text += self._raw[end + 2 : end + 2 + size]
            self._raw = self._raw[end + 2 + size + 2 :]
        *events, self._text = self._text.split(b"\n\n")
        for event in events:
            self._take(event, at)

    def _take(self, event: bytes, at: float) -> None:
        fields = dict(line.split(b": ", 1) for line in event.split(b"\n") if b": " in line)
        if fields.get(b"event") == b"screen":
            value = json.loads(fields[b"data"])
            self.latest = Screen(value["screen"], value["html"], at)
        elif fields.get(b"event") == b"hello":
            self.page = json.loads(fields[b"data"])["page"]
        elif fields.get(b"event") == b"superseded":
            raise BenchFailure("another page took over")

    def wait(self, *kinds: str) -> Screen:
        """The next screen of one of these kinds."""
        deadline = time.monotonic() + PATIENCE
        seen = []
        while True:
            screen, self.latest = self.latest, None
            if screen is not None:
                seen.append(screen.kind)
                if screen.kind in kinds:
                    return screen
                if screen.kind == "failure":
                    raise BenchFailure(f"the page shows a failure: {re.sub('<[^>]*>', ' ', screen.html)[:400]}")
            if time.monotonic() > deadline:
                raise BenchFailure(f"no screen {' or '.join(kinds)}; seen: {seen}")
            if self.latest is None:
                self._receive()

    # MARK: actions

    def send(self, action: str, value=None) -> None:
        """Sends an action; its answer is taken by `answered`."""
        body = json.dumps({"action": action} | ({} if value is None else {"value": value}))
        headers = {
            "X-OneCard-Page": self.token, "X-OneCard-Stream": self.page, "Content-Type": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        self._actions.request("POST", f"/kiosk/actions?{self.query}", body, headers)

    def answered(self) -> None:
        response = self._actions.getresponse()
        response.read()
        if response.status != 204:
            raise BenchFailure(f"an action was answered with {response.status}")

    def act(self, action: str, value, *kinds: str) -> Screen:
        """Sends an action and waits for the screen that it leads to."""
        self.send(action, value)
        screen = self.wait(*kinds)
        self.answered()
        return screen
