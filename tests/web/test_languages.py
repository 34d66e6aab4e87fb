"""The language of a page: the account's, else what this browser chose or asks for, else the setting's."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale
from support.caller import Caller
from support.cast import PASSWORD
from support.site import Site

from quizapp.languages import INTERFACE
from quizapp.messages import msg, msg_n
from quizapp.web.languages import said

LOG_IN = {"en": "Log in", "sv": "Logga in", "de": "Anmelden", "fi": "Kirjaudu", "nb": "Logg inn"}


def language(page: str) -> str:
    found = re.search(r'<html lang="([\w-]+)">', page)
    assert found, page[:200]
    return found[1]


def asked(caller: Caller, languages: str, path: str = "/login") -> str:
    return language(caller.get(path, {"Accept-Language": languages}).text)


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("", "en"),
        ("is, et;q=0.8", "en"),
        ("fi-FI, en;q=0.5", "fi"),
        ("de-AT", "de"),
        ("fr, sv;q=0.7, en;q=0.3", "sv"),
        ("no", "nb"),
        ("nn-NO, nb;q=0.9", "nb"),
        ("en-GB, en;q=0.9, sv;q=0.8", "en"),
        ("sv;q=0, fi;q=0.1", "fi"),
        ("*;q=x, \x7f", "en"),
    ],
)
def test_a_stranger_is_spoken_to_as_the_browser_asks(stranger: Caller, languages: str, expected: str) -> None:
    assert asked(stranger, languages) == expected


def test_a_browser_that_asks_for_none_of_ours_gets_the_setting(site: Site) -> None:
    admin = site.logged_in("admin")
    assert admin.post("/admin/settings", {"language": "de"}).status_code == 303
    assert asked(site.caller(), "is") == "de"
    assert asked(site.caller(), "fi") == "fi"


@pytest.mark.parametrize("code", INTERFACE)
def test_pages_are_in_the_language_that_a_stranger_chose(stranger: Caller, code: str) -> None:
    answer = stranger.post("/language", {"language": code, "next": "/login"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    page = stranger.get("/login", {"Accept-Language": "is"}).text
    assert language(page) == code
    assert LOG_IN[code] in page


def test_the_choice_of_an_account_goes_with_it_to_every_browser(site: Site, astrid: Caller) -> None:
    astrid.post("/language", {"language": "sv", "next": "/"})
    elsewhere = site.logged_in("astrid")
    assert asked(elsewhere, "de", "/settings") == "sv"


def test_the_first_log_in_keeps_the_language_and_no_later_one_changes_it(site: Site) -> None:
    for languages, expected in (("fi", "fi"), ("de", "fi")):
        caller = site.caller()
        form = {"email": "astrid@example.org", "password": PASSWORD}
        assert caller.post("/login", form, {"Accept-Language": languages}).status_code == 303
        assert asked(caller, "en", "/settings") == expected
        assert (
            site.session.get_one(type(site.cast.astrid), site.cast.astrid.id, populate_existing=True).language
            == expected
        )


def test_a_new_account_reads_the_language_of_the_page_that_made_it(stranger: Caller) -> None:
    stranger.post("/language", {"language": "nb"})
    form = {"name": "Nils", "email": "nils@example.org", "password": "words in a row", "zone": "Europe/Oslo"}
    assert stranger.post("/signup", form).status_code == 303
    assert asked(stranger, "en", "/settings") == "nb"


def test_whoever_logs_out_goes_on_reading_the_same_language(astrid: Caller) -> None:
    astrid.post("/language", {"language": "de"})
    astrid.post("/logout")
    assert asked(astrid, "en") == "de"


@pytest.mark.parametrize(
    "code", ["", "xx", "en-GB", "sv' OR 1=1", "no", "\N{LATIN SMALL LETTER A WITH RING ABOVE}" * 500]
)
def test_a_language_that_pages_do_not_have_is_refused(astrid: Caller, code: str) -> None:
    before = asked(astrid, "en", "/settings")
    assert astrid.post("/language", {"language": code}).status_code == 422
    assert asked(astrid, "en", "/settings") == before


def test_a_change_of_language_leads_to_no_other_site(stranger: Caller) -> None:
    answer = stranger.post("/language", {"language": "sv", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_the_switch_comes_back_to_the_page_with_its_query(astrid: Caller) -> None:
    page = astrid.get("/banks?q=bpo&page=1").text
    assert 'name="next" value="/banks?q=bpo&amp;page=1"' in page


def test_an_error_page_and_a_refusal_speak_the_language(astrid: Caller) -> None:
    astrid.post("/language", {"language": "sv"})
    page = astrid.get("/banks/there-is-none").text
    assert (language(page), "Nothing here" in page) == ("sv", False)
    refusal = astrid.post("/courses/join", {"code": "ABCDEFGH"}).text
    assert "No course has this code" not in refusal
    assert language(refusal) == "sv"


def test_a_message_is_said_in_the_language_of_the_page_and_an_authors_words_are_left_alone(site: Site) -> None:
    told = msg("Hint: %(hint)s", hint=msg("Right"))
    with site.app.test_request_context(), force_locale("sv"):
        assert said(told) == "Ledtråd: Rätt"
        assert said("Right") == "Right"
        assert said(msg("Hint: %(hint)s", hint="Right")) == "Ledtråd: Right"
        assert said(msg_n("one fact", "%(num)d facts", 7)).startswith("7 ")


def test_every_language_has_its_own_words_for_the_same_page(bare_app: Flask) -> None:
    said_so = set()
    for code in INTERFACE:
        with bare_app.test_request_context(), force_locale(code):
            said_so.add(said(msg("Your settings are saved.")))
    assert len(said_so) == len(INTERFACE)
