"""A browser without JavaScript: cookies, pages and forms over real sockets."""

import http.client
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from time import monotonic, sleep
from urllib.parse import urlencode

Fields = tuple[tuple[str, str], ...]

PAUSE = 0.05
"""Seconds until a request that was not taken is sent again."""

PATIENCE = 120.0
"""Seconds until something that never comes is given up; no machine is so slow that what comes takes as long."""


class BadReplyError(AssertionError):
    """The site answered what it must not."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    location: str
    retry_after: str
    text: str


@dataclass
class Form:
    """A form of a page: where it goes, what it holds, and what somebody may choose in it."""

    action: str
    kind: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    selects: dict[str, list[str]] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)

    def filled(self, chance: Random) -> Fields:
        """Fill it in as somebody who guesses."""
        ticked = [(name, chance.choice(values)) for name, values in self.radios.items()]
        deck = chance.sample(values, len(values)) if (values := next(iter(self.selects.values()), [])) else []
        paired = [(name, deck[turn % len(deck)]) for turn, name in enumerate(self.selects)]
        words = [(name, chance.choice(("Delivery", "no idea", "42"))) for name in self.typed]
        pressed = [chance.choice(self.buttons)] if self.buttons else []
        return (*self.hidden, *ticked, *paired, *words, *pressed)

    def value(self, name: str) -> str:
        """Give a hidden value."""
        return dict(self.hidden)[name]


@dataclass
class Visit:
    """One browser; each request opens a connection of its own, so that a server that was killed is met afresh."""

    port: int
    timeout: float = 2 * PATIENCE
    cookies: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    unanswered: int = 0

    def send(self, path: str, fields: Sequence[tuple[str, str]] | None = None) -> Reply:
        """Open a page, or send a form; OSError or HTTPException if the server is not there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if fields is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(fields), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            place, wait = answer.getheader("Location", ""), answer.getheader("Retry-After", "")
            return Reply(answer.status, place, wait, text)
        finally:
            connection.close()

    def insist(self, path: str, fields: Fields | None = None, *, patience: float = PATIENCE) -> Reply:
        """Send until the server takes it: it may be down or busy, but nothing else may be its fault.

        What was refused for now and what had no answer at all is counted.
        """
        end = monotonic() + patience
        while True:
            try:
                reply = self.send(path, fields)
            except (OSError, http.client.HTTPException):
                reply = None
                self.unanswered += 1
            if reply is not None and reply.status < 500:
                return reply
            if reply is not None and (reply.status != 503 or not reply.retry_after):
                raise BadReplyError(f"{reply.status} at {path}")
            self.refused += reply is not None
            if monotonic() > end:
                raise BadReplyError(f"{path} was not taken for {patience} s")
            sleep(PAUSE)

    def log_in(self, email: str, password: str) -> None:
        """Log in, unless this browser is."""
        page = self.insist("/login")
        if page.status == 303:
            return
        form = next(form for form in forms(page.text) if dict(form.hidden).get("csrf_token"))
        reply = self.insist("/login", (*form.hidden, ("email", email), ("password", password)))
        if reply.status != 303:
            raise BadReplyError(f"{email} was not let in: {reply.status}")

    def copy(self) -> "Visit":
        """Give another tab of the same browser."""
        return Visit(self.port, self.timeout, dict(self.cookies))

    def _keep(self, cookies: Sequence[str]) -> None:
        for cookie in cookies:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def forms(page: str) -> list[Form]:
    """Read the forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("class", ""))
            self.found.append(self.open)
        elif self.open is not None:
            self._read(tag, given, self.open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None

    def _read(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "input" and given.get("type") == "hidden":
            form.hidden.append((name, given.get("value", "")))
        elif tag == "input" and given.get("type") == "text":
            form.typed.append(name)
        elif tag == "input" and given.get("type") == "radio":
            form.radios.setdefault(name, []).append(given.get("value", ""))
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self.select = name
            form.selects[name] = []
        elif tag == "option" and given.get("value"):
            form.selects[self.select].append(given["value"])
