"""Making items that are answered from memory: typed answers, gaps and flashcards."""

from collections.abc import Mapping

from quizapp.core.items.ask import Ask, head_of
from quizapp.core.items.index import Index
from quizapp.core.items.model import FlashcardItem, Form, TypedItem
from quizapp.core.items.rules import holds_answer

MOST_REFUSED = 200
_LONGEST_TYPED = 6


def typed_item(index: Index, ask: Ask, form: Form) -> TypedItem | None:
    """Make a question to type the answer of, or a gap; None when the answer is too long or the stem holds one."""
    if form is Form.TYPED and not any(_typable(text) for text in ask.right):
        return None
    if any(holds_answer(index, ask.stem, text) for text in ask.right):
        return None
    return TypedItem(
        head=head_of(index, ask.fact, ask.surface, ask.stem),
        form=form,
        key=ask.key,
        accept=tuple(dict.fromkeys(text for text in ask.right if text != ask.key)),
        refuse=_refused(index, ask),
        hint=ask.hint,
    )


def flashcard_item(index: Index, ask: Ask) -> FlashcardItem | None:
    """Make a front and a back; None when the front says the back."""
    if holds_answer(index, ask.stem, ask.key):
        return None
    return FlashcardItem(head_of(index, ask.fact, ask.surface, ask.stem), ask.key)


def _typable(text: str) -> bool:
    return len(text.split()) <= _LONGEST_TYPED and not text.endswith("?")


def _refused(index: Index, ask: Ask) -> Mapping[str, str]:
    """List the answers of sibling facts, so that a near miss which is really another fact's answer is refused."""
    return {
        text: offer.fact
        for offer in ask.near
        if offer.fact is not None and not ask.holds(offer)
        for text in (offer.text, *offer.aliases)
        if not any(index.same(text, right) for right in ask.right)
    }
