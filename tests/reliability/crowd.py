"""Learners who answer over HTTP whatever happens to the server, and the audit of what it kept."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from threading import Event
from time import monotonic, sleep

from reliability.pages import PATIENCE, PAUSE, BadReplyError, Form, Visit, forms
from sqlalchemy import URL, func, select
from sqlalchemy.orm import Session

from quizapp.actions.banks import publish_shipped
from quizapp.actions.data import verify
from quizapp.actions.passwords import hash_password
from quizapp.paths import bundled
from quizapp.store import models
from quizapp.store.engine import begin_writing, make_engine

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer that the server said it has."""

    email: str
    item: int
    key: str


@dataclass
class Learner:
    """Somebody who practises and answers at random; `resends` is the share of answers sent a second time."""

    email: str
    visit: Visit
    chance: Random
    resends: float = 0.0
    kind: str = "practice"
    sitting: str = ""
    receipts: list[Receipt] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def log_in(self) -> None:
        """Log in."""
        self.visit.log_in(self.email, PASSWORD)

    def question(self) -> Form:
        """Open the question that waits; a finished sitting is followed by the next."""
        for _ in range(20):
            page = self.visit.insist(self.sitting).text if self.sitting else ""
            waiting = [form for form in forms(page) if form.kind == "answer"]
            if waiting and waiting[0].action.endswith("/reveal"):  # a flashcard that was not turned yet
                self.visit.insist(waiting[0].action, tuple(waiting[0].hidden))
            elif waiting:
                return waiting[0]
            else:
                self._begin()
        raise BadReplyError(f"{self.email} gets no question")

    def answer(self) -> None:
        """Answer one question and keep the receipt."""
        form = self.question()
        fields = form.filled(self.chance)
        begun = monotonic()
        reply = self.visit.insist(form.action, fields)
        self.waits.append(monotonic() - begun)
        if reply.status != 303:
            raise BadReplyError(f"{reply.status} for an answer sent once to {form.action}")
        self.receipts.append(receipt(self.email, form))
        if self.chance.random() < self.resends:
            again = self.visit.insist(form.action, fields)
            if (again.status, again.location) != (303, reply.location):
                raise BadReplyError(f"{again.status} for an answer sent again to {form.action}")

    def quiz(self, *, questions: int) -> str:
        """Start a quiz with feedback at the end and give its path."""
        (form,) = (form for form in forms(self.visit.insist("/quiz").text) if form.action == "/attempts")
        settings = (("questions", str(questions)), ("feedback", "end"), ("forms", "choice"), ("minutes", ""))
        reply = self.visit.insist(form.action, (*form.hidden, *settings))
        if reply.status != 303:
            raise BadReplyError(f"{reply.status} for a new quiz")
        return reply.location.rsplit("/", 1)[0]

    def _begin(self) -> None:
        pages = forms(self.visit.insist(f"/{self.kind}").text)
        (form,) = (form for form in pages if form.action == "/sittings")
        reply = self.visit.insist(form.action, (*form.hidden, ("ahead", "y")))
        if reply.status != 303:
            raise BadReplyError(f"{reply.status} for a new sitting")
        self.sitting = reply.location


@dataclass
class Crowd:
    """Learners at work, one thread each."""

    learners: Sequence[Learner]
    stop: Event = field(default_factory=Event)

    @property
    def receipts(self) -> list[Receipt]:
        """Give the receipts of everybody."""
        return [each for learner in self.learners for each in learner.receipts]

    @contextmanager
    def at_work(self, answers: int | None = None) -> Iterator[list["Future[None]"]]:
        """Let everybody answer so often, or until the block ends; what one of them met is raised at the end."""
        with ThreadPoolExecutor(len(self.learners)) as threads:
            work = [threads.submit(self._work, learner, answers) for learner in self.learners]
            try:
                yield work
            finally:
                if answers is None:
                    self.stop.set()
                for each in work:
                    each.result()

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that these people do; when one of them fails there is nothing to wait for."""
        end = monotonic() + PATIENCE
        while not happened():
            if self.stop.is_set() or monotonic() > end:
                raise BadReplyError(f"what they are to do did not happen for {PATIENCE} s, or one of them failed")
            sleep(PAUSE)

    def until_each(self, count: Callable[[Learner], int]) -> None:
        """Wait until something that is counted has happened to everybody once more."""
        before = [count(each) for each in self.learners]
        self.until(lambda: all(count(each) > n for each, n in zip(self.learners, before, strict=True)))

    def _work(self, learner: Learner, answers: int | None) -> None:
        try:
            learner.log_in()
            while not self.stop.is_set() and (answers is None or len(learner.receipts) < answers):
                learner.answer()
        except BaseException:
            self.stop.set()
            raise


def receipt(email: str, form: Form) -> Receipt:
    """Name an answer that was given in a form."""
    return Receipt(email, int(form.action.split("/")[2]), form.value("key"))


def crowd(port: int, size: int, *, seed: int, resends: float = 0.0) -> Crowd:
    """Gather learners of a site that was furnished for as many."""
    return Crowd([Learner(address(n), Visit(port), Random(seed * 100 + n), resends) for n in range(size)])


def address(number: int) -> str:
    """Give the address of a learner."""
    return f"learner-{number}@example.org"


def furnish(url: URL, learners: int) -> None:
    """Publish the shipped banks in a migrated database and give everybody an account."""
    engine = make_engine(url)
    now, hashed = datetime.now(UTC), hash_password(PASSWORD)
    with Session(engine) as session:
        begin_writing(session)
        publish_shipped(session, bundled("questions"), now=now)
        for number in range(learners):
            person = models.User(email=address(number), name="Learner", created_at=now, password_hash=hashed)
            session.add(person)
        session.commit()
    engine.dispose()


def audit(url: URL, receipts: Sequence[Receipt], *, all_of_them: bool = True) -> list[str]:
    """Name what is not as the log and the receipts of some people say: answers lost, doubled, half recorded, drift.

    Without `all_of_them` these people may have answered more than the receipts say.
    """
    engine = make_engine(url)
    item, review = models.Item, models.Review
    answered = (
        select(models.User.email, item.id, item.answer_key, item.graded_at, func.count(review.id))
        .join(item, item.learner_id == models.User.id)
        .outerjoin(review, review.item_id == item.id)
        .where(item.answered_at.is_not(None), models.User.email.in_({each.email for each in receipts}))
        .group_by(models.User.email, item.id)
    )
    with Session(engine) as session:
        rows = session.execute(answered).all()
        kept = {Receipt(email, item_id, key or "") for email, item_id, key, _, _ in rows}
        found = [f"lost: {each}" for each in set(receipts) - kept]
        found += [f"without a receipt: {each}" for each in kept - set(receipts) if all_of_them]
        found += [f"half recorded: {row}" for row in rows if row[3] is None or not row[4]]
        found += [f"drift: {each}" for each in verify(session)]
    engine.dispose()
    return found
