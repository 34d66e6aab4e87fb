"""Static files under a name that changes with their content, and the style sheet and script joined from their parts."""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from quizapp.paths import bundled
from quizapp.web import packing
from quizapp.web.identity import public

FOREVER = "public, max-age=31536000, immutable"
JOINED = {"css/app.css": "css/main.css", "js/app.js": "js/main.js"}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
TYPES |= {".webmanifest": "application/manifest+json", ".toml": "text/plain", ".txt": "text/plain"}

_CSS_PART = re.compile(r'^@import url\("([\w./-]+)"\) layer\(([\w.]+)\);$')
_JS_PART = re.compile(r'^import "\./([\w./-]+)";$')
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS_IMPORT = re.compile(r'^import \{[^}]*\} from "[^"]+";$', re.MULTILINE)
_TAG_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: its bytes, the same packed (None where packing gains nothing), type and tag."""

    body: bytes
    packed: bytes | None
    kind: str
    tag: str


def init_app(app: Flask) -> None:
    """Serve the static folder under its hash, give templates `asset_url`, and pack pages like assets."""
    packing.init_app(app)
    tree = Tree(bundled("static"))

    def asset_url(path: str) -> str:
        return app.url_for("asset", tag=tree.tag, path=path)

    app.add_url_rule("/static/<tag>/<path:path>", "asset", _view(tree))
    app.jinja_env.globals["asset_url"] = asset_url
    app.jinja_env.globals["favicon"] = "data:image/svg+xml," + quote(
        (tree.folder / "favicon.svg").read_text("utf-8").strip()
    )


class Tree:
    """The static folder: a tag over all of it, and its files, each read and packed once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tag = tree_tag(folder)
        self._names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        self._known: dict[str, Asset] = {}

    def find(self, path: str) -> Asset | None:
        """Give a file by its path below the folder, None if there is no such file."""
        if path not in self._known:
            body = self._read(path)
            if body is None:
                return None
            self._known[path] = _asset(path, body)
        return self._known[path]

    def _read(self, path: str) -> bytes | None:
        if path in JOINED:
            return bundle(self.folder / JOINED[path]).encode()
        return (self.folder / path).read_bytes() if path in self._names else None


def tree_tag(folder: Path) -> str:
    """Name the state of a folder: twelve hex digits over the paths and bytes of all files in it."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = file.read_bytes()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()[:_TAG_LENGTH]


def bundle(main: Path) -> str:
    """Join the parts that a main file names, in its order: style sheets in their layers, scripts in one scope."""
    lines = main.read_text(encoding="utf-8").splitlines()
    if main.suffix == ".css":
        return "\n".join(_css(main.parent, line) for line in lines if line.strip())
    parts = [_js(main.parent / match[1]) for line in lines if (match := _JS_PART.match(line))]
    return "\n".join(['(() => {\n"use strict";', *parts, "})();\n"])


def _css(folder: Path, line: str) -> str:
    part = _CSS_PART.match(line)
    if part is None:
        return _CSS_COMMENT.sub("", line)
    text = _CSS_COMMENT.sub("", (folder / part[1]).read_text(encoding="utf-8"))
    depth = part[1].count("/")
    text = text.replace('url("' + "../" * depth, 'url("') if depth else text
    return f"@layer {part[2]} {{\n{_tight(text)}\n}}"


def _js(path: Path) -> str:
    text = _JS_IMPORT.sub("", path.read_text(encoding="utf-8"))
    lines = (line.removeprefix("export ") for line in text.splitlines() if not line.lstrip().startswith("//"))
    return _tight("\n".join(lines))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


def _tight(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _asset(path: str, body: bytes) -> Asset:
    suffix = Path(path).suffix
    kind = TYPES.get(suffix) or guess_type(path)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if suffix not in {".woff2", ".png"} else None
    return Asset(body, packed, kind, hashlib.sha256(body).hexdigest()[:_TAG_LENGTH])


def _view(tree: Tree) -> Callable[..., ResponseReturnValue]:
    @public
    def asset(tag: str, path: str) -> ResponseReturnValue:
        found = tree.find(path) or abort(404)
        packs = found.packed is not None and request.accept_encodings.quality("gzip") > 0
        response = Response(found.packed if packs and found.packed else found.body, mimetype=found.kind)
        response.headers["Vary"] = "Accept-Encoding"
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = FOREVER if tag == tree.tag else "no-cache"
        response.set_etag(found.tag, weak=True)
        return response.make_conditional(request)

    return asset
