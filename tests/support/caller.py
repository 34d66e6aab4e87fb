"""Somebody who calls the site as a browser without JavaScript does: with cookies and the form's token."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask.testing import FlaskClient
from support.cast import PASSWORD
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

Form = Mapping[str, str | Sequence[str]]


@dataclass
class Caller:
    """A browser of one person; `address` is where they call from."""

    client: FlaskClient
    address: str = "192.0.2.1"

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers=dict(headers or {}), environ_base={"REMOTE_ADDR": self.address})

    def post(self, path: str, data: Form | None = None, headers: Mapping[str, str] | None = None) -> TestResponse:
        """Send a form with the token of this browser's session."""
        return self.post_bare(path, {**(data or {}), "csrf_token": self.token()}, headers)

    def post_bare(self, path: str, data: Form | None = None, headers: Mapping[str, str] | None = None) -> TestResponse:
        """Send a form as it is, without a token."""
        return self.client.post(
            path, data=dict(data or {}), headers=dict(headers or {}), environ_base={"REMOTE_ADDR": self.address}
        )

    def token(self) -> str:
        """Find the token in a page that anybody may open."""
        page = self.get("/login")
        if page.status_code != 200:
            page = self.get("/settings/password")
        found = _TOKEN.search(page.text)
        assert found, page.text
        return found[1]

    def log_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        """Send the log-in form."""
        return self.post("/login", {"email": email, "password": password})
