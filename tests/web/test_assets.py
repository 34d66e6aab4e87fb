"""Static files are joined, packed and named after their content."""

import gzip
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.paths import bundled
from quizapp.web import assets

STATIC = bundled("static")


@pytest.fixture
def app() -> Flask:
    app = Flask("assets", static_folder=None)
    assets.init_app(app)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def address(app: Flask, path: str) -> str:
    with app.test_request_context():
        return str(app.jinja_env.globals["asset_url"](path))  # type: ignore[operator]  # a global is any object


@pytest.mark.parametrize(
    "path", ["../quizapp/config.py", "%2e%2e/pyproject.toml", "/etc/passwd", "css", "css/none.css"]
)
def test_nothing_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/-/{path}").status_code in {308, 404}


def test_an_asset_is_kept_for_ever_under_its_hash(app: Flask, client: FlaskClient) -> None:
    response = client.get(address(app, "css/app.css"))
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"


def test_an_asset_under_an_old_hash_is_served_but_not_kept(client: FlaskClient) -> None:
    response = client.get("/static/0123456789ab/js/app.js")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


def test_an_asset_that_the_browser_has_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    tag = client.get(address(app, "css/app.css")).headers["ETag"]
    assert client.get(address(app, "css/app.css"), headers={"If-None-Match": tag}).status_code == 304


def test_an_asset_is_packed_for_a_browser_that_unpacks(app: Flask, client: FlaskClient) -> None:
    url = address(app, "css/app.css")
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == client.get(url).data


def test_a_page_is_packed_only_for_a_browser_that_unpacks(app: Flask, client: FlaskClient) -> None:
    page = "<p>" + "a fact, " * 200
    app.add_url_rule("/page", "page", lambda: page)
    packed = client.get("/page", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data).decode() == client.get("/page").text == page
    assert len(packed.data) < 200
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_short_page_is_sent_as_it_is(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/page", "page", lambda: "<p>no")
    assert client.get("/page", headers={"Accept-Encoding": "gzip"}).data == b"<p>no"


def test_the_tag_changes_with_any_byte_and_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    shutil.copytree(STATIC / "js", folder)
    before = assets.tree_tag(folder)
    (folder / "keys.js").write_text("// other", encoding="utf-8")
    changed = assets.tree_tag(folder)
    (folder / "keys.js").rename(folder / "quays.js")
    assert len({before, changed, assets.tree_tag(folder)}) == 3


@pytest.mark.parametrize("main", ["css/main.css", "js/main.js"])
def test_the_joined_file_holds_every_part_and_joining_again_gives_the_same(main: str) -> None:
    parts = [path for path in (STATIC / main).parent.rglob("*") if path.is_file() and path.name != Path(main).name]
    named = (STATIC / main).read_text(encoding="utf-8")
    assert all(path.relative_to((STATIC / main).parent).as_posix() in named for path in parts)
    assert assets.bundle(STATIC / main) == assets.bundle(STATIC / main)


def test_the_joined_style_sheet_declares_its_layers_once_and_first() -> None:
    text = assets.bundle(STATIC / "css/main.css")
    assert text.startswith("@layer reset, tokens, base, layout, components, pages, utilities;")
    assert set(re.findall(r"@layer ([\w-]+) \{", text)) == set(re.findall(r"[\w-]+", text.split(";")[0])) - {"layer"}
    assert "@import" not in text


def test_the_joined_style_sheet_finds_its_fonts(app: Flask, client: FlaskClient) -> None:
    found = re.findall(r'url\("\.\./([^"]+)"\)', assets.bundle(STATIC / "css/main.css"))
    assert len(found) == 2
    assert all(client.get(address(app, path)).status_code == 200 for path in found)


def test_the_joined_script_has_no_import_left() -> None:
    assert not re.search(r"^\s*(import|export) ", assets.bundle(STATIC / "js/main.js"), re.MULTILINE)


def test_the_first_load_stays_within_its_budget(app: Flask, client: FlaskClient) -> None:
    def weight(path: str) -> int:
        return len(client.get(address(app, path), headers={"Accept-Encoding": "gzip"}).data)

    fonts = weight("vendor/figtree/figtree-latin-wght-normal.woff2")
    script = weight("js/app.js")
    assert script < 10_000
    assert script + weight("css/app.css") + weight("vendor/lucide/icons.svg") + fonts < 50_000
