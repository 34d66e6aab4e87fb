"""Cards: a front and a back."""

from collections.abc import Collection

from quizapp.core.knowledge.draft import WITH_SIBLINGS, Draft, Kin
from quizapp.core.knowledge.fields import fields
from quizapp.core.knowledge.model import Card, Extras
from quizapp.core.knowledge.tree import Entry
from quizapp.messages import msg

CARD = WITH_SIBLINGS | {"front", "back", "both-ways"}

THE_CARD = msg("the card %(key)s")
_NOTHING = Extras()


def read_card(entry: Entry, keys: Collection[str], draft: Draft) -> Card | None:
    """Read one card of those with these keys and add it to the draft; None after a problem with its texts."""
    key = entry.key
    found = fields(entry.value, key, (THE_CARD, key.text), CARD, draft.problems)
    if found is None:
        return None
    front, back, both_ways = found.required("front"), found.required("back"), found.flag("both-ways")
    extras = draft.extras(found, _NOTHING, Kin(key.text, keys))
    if not front or not back:
        return None
    card = Card(f"cards.{key.text}", front, back, both_ways, extras)
    draft.add(card, key.line, key.column)
    return card
