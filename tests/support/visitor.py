"""Somebody with a browser: opens pages of a running site and remembers what went wrong in them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from support.cast import PASSWORD
from waitress.server import create_server

PHONE, SMALL_PHONE, LAPTOP = (390, 844), (360, 640), (1280, 800)
PATIENCE = 120_000
"""Milliseconds until a page or an element that never comes is given up, on a slow machine, too."""

REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""


@dataclass
class Visitor:
    """Opens pages and remembers what went wrong in them."""

    browser: Browser
    base: str
    complaints: list[str] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        path: str,
        *,
        size: tuple[int, int] = PHONE,
        dark: bool = False,
        script: bool = True,
        touch: bool = False,
        locale: str = "en-GB",
    ) -> Page:
        """Open a path of the site in a fresh window of somebody who reads the language of `locale`."""
        context = self.browser.new_context(
            base_url=self.base,
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
            has_touch=touch,
            is_mobile=touch,
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.goto(path)
        return page

    def leave(self) -> None:
        """Close every window and fail if one of them complained."""
        for context in self.contexts:
            context.close()
        heard = [each for each in self.complaints if not any(words in each for words in self.forgiven)]
        assert heard == []

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")


def serve(app: Flask) -> Iterator[str]:
    """Serve an application on a free port for as long as the caller holds on."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


def log_in(page: Page, name: str = "teacher", password: str = PASSWORD) -> None:
    """Log one of the cast in by the form."""
    page.goto("/login")
    page.get_by_label("E-mail address").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def examine(page: Page) -> None:
    """Fail on a violation of accessibility and on a page wider than the window."""
    width = page.evaluate("window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(page.url, width, each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
