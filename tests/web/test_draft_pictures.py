"""A draft's pictures stand where learners would see them: beside the fact, and in the items made of it."""

import re
from collections.abc import Sequence

from support.pictures import Drawn, pictured
from support.site import Site

from quizapp.actions import drafts, pictures
from quizapp.store.engine import begin_writing

ITEM = re.compile(r'<article class="card made".*?</article>', re.DOTALL)


def items(site: Site, files: Sequence[Drawn]) -> list[str]:
    """Give the items that the preview makes of a fact with a picture, in a draft that has these files."""
    begin_writing(site.session)
    draft = drafts.begin_upload(site.session, site.cast.admin, pictured(), now=site.lesson.start)[0]
    pictures.keep_pictures(site.session, site.cast.admin, draft, files, site.lesson.start)
    address = f"/drafts/{draft.id}/preview?fact=cards.sla"
    site.session.commit()
    return ITEM.findall(site.logged_in("admin").get(address).text)


def test_the_preview_shows_a_facts_picture_in_its_items(site: Site) -> None:
    shown = [item for item in items(site, [Drawn()]) if "made__stem" in item]
    assert shown
    for item in shown:
        assert re.search(r'<img src="/pictures/[^"]+" alt="A contract with a seal"', item)


def test_without_the_file_the_items_say_its_words(site: Site) -> None:
    shown = [item for item in items(site, []) if "made__stem" in item]
    assert shown
    for item in shown:
        assert "<img" not in item
        assert "A contract with a seal" in item
