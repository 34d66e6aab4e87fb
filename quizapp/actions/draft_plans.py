"""From a draft to a version: what publishing would do, and doing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.checking import Checked, check_draft
from quizapp.actions.drafting import Stale, hold
from quizapp.actions.errors import BankProblems, Refused
from quizapp.actions.pictures import adopt
from quizapp.actions.publishing import Published, publish_bank
from quizapp.core.knowledge.plan import Plan, describe, plan
from quizapp.store import drafts, library, models
from quizapp.store.census import learners_by_fact, retired_keys


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What publishing a draft would do; `plan` is None for texts that cannot be read.

    `lines` say it in words, `learners` counts by fact id those who have a memory of it. `current` is the version that
    is asked now; `ahead` is set when somebody else published it since the draft was begun. `same` says that there is
    nothing to publish.
    """

    checked: Checked
    plan: Plan | None
    lines: tuple[str, ...]
    learners: Mapping[str, int]
    bank: models.Bank | None
    current: models.BankVersion | None
    ahead: models.BankVersion | None
    same: bool

    @property
    def ready(self) -> bool:
        """Say whether the draft can be published."""
        return self.checked.sound and self.plan is not None and not self.plan.errors and not self.same


def plan_of(session: Session, draft: models.Draft) -> DraftPlan:
    """Say what publishing a draft would do to facts and memories; nothing is changed."""
    texts = drafts.texts_of(session, draft.id)
    checked = check_draft(session, draft, texts, drafts.picture_names(session, draft.id, draft.bank_id))
    bank = session.get(models.Bank, draft.bank_id) if draft.bank_id is not None else None
    current = session.get(models.BankVersion, bank.version_id) if bank is not None and bank.version_id else None
    ahead = current if current is not None and current.id != draft.base_version_id else None
    if not checked.sound:
        return DraftPlan(checked, None, (), {}, bank, current, ahead, same=False)
    old = library.editions(session, current.id) if current is not None else {}
    made = plan(old, checked.reading.editions, retired_keys(session, bank.id) if bank is not None else frozenset())
    learners = learners_by_fact(session, bank.id, made) if bank is not None else {}
    published = library.texts_of(session, current.id) if current is not None else ()
    same = sorted(str(text.content) for text in texts) == sorted(str(text.content) for text in published)
    return DraftPlan(checked, made, tuple(describe(made, learners)), learners, bank, current, ahead, same)


def publish(
    session: Session,
    user: models.User,
    draft: models.Draft,
    version: int,
    *,
    now: datetime,
    against: int | None,
) -> Published | Stale:
    """Publish a draft as the newest version of its bank, private to its author if the bank is new, and end the draft.

    Stale when the draft was saved, or the bank published, since the plan was shown: `version` is the draft's then,
    `against` the version of the bank that the plan compared with (None for a new bank). BankProblems for texts that
    cannot be published.
    """
    hold(session, draft)
    bank = session.get(models.Bank, draft.bank_id) if draft.bank_id is not None else None
    if draft.version != version or (bank.version_id if bank else None) != against:
        names = drafts.names(session, [draft.updated_by])
        return Stale(draft.version, "", names.get(draft.updated_by or 0, ""), draft.updated_at)
    texts = drafts.texts_of(session, draft.id)
    checked = check_draft(session, draft, texts, drafts.picture_names(session, draft.id, draft.bank_id))
    if not checked.sound:
        raise BankProblems(checked.errors)
    done = publish_bank(session, texts, origin="added", by=user.id, now=now, visibility="private")
    if bank is None and (not done.changed or done.version.number != 1):
        raise Refused("Another bank with this id was published a moment ago: choose another id.")
    adopt(session, draft, done.bank)
    detail = {"bank": done.bank.key, "version": done.version.number, "summary": list(done.summary)}
    audit.enter(session, user, "bank.publish", done.bank.title, now=now, detail=detail)
    session.delete(draft)
    session.flush()
    return done
