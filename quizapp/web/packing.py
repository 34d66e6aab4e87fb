"""Pages packed on their way to a browser that can unpack them: a reply to an answer has a budget of two kilobytes.

What an attacker could learn from packed sizes needs replies to requests of the victim's browser from another site;
the log-in cookie is SameSite=Lax, so such requests come without it.
"""

import gzip

from flask import Flask, Response, request

LEAST = 600
LEVEL = 5
KINDS = frozenset({"text/html", "application/json"})


def init_app(app: Flask) -> None:
    """Pack every page, whoever made it."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if response.mimetype not in KINDS or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not request.accept_encodings.quality("gzip"):
        return response
    body = response.get_data()
    if len(body) >= LEAST:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
