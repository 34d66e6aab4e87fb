"""While PostgreSQL is frozen or dead every request is answered with 503 before it is back, and nothing is lost."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from reliability.cluster import Cluster
from reliability.crowd import Crowd, Learner, audit, crowd, furnish, receipt
from reliability.pages import Reply
from reliability.server import Server, running
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from quizapp.store.engine import make_engine, without_hurry
from quizapp.store.patience import ANSWER_SECONDS
from quizapp.store.schema import upgrade

pytestmark = pytest.mark.postgres

LEARNERS = 4
Away = Callable[[Cluster], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def away_server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    url = cluster.database("away")
    engine = make_engine(url)
    upgrade(engine, backup_to=None)
    engine.dispose()
    furnish(url, LEARNERS)
    with running(tmp_path_factory.mktemp("away"), url) as server:
        yield server


@pytest.fixture(scope="module")
def people(away_server: Server) -> Crowd:
    return crowd(away_server.port, LEARNERS, seed=3)


def given(learner: Learner) -> int:
    return len(learner.receipts)


def refused(learner: Learner) -> int:
    return learner.visit.refused


@pytest.mark.parametrize("away", [Cluster.frozen, Cluster.dead], ids=["frozen", "dead"])
def test_requests_are_answered_while_it_is_away_and_answers_are_taken_later(
    cluster: Cluster, away_server: Server, people: Crowd, away: Away
) -> None:
    one, others = people.learners[0], Crowd(people.learners[1:])
    one.log_in()
    form = one.question()
    fields = form.filled(one.chance)
    asked: list[Callable[[], Reply]] = [
        lambda: one.visit.send(form.action, fields),
        lambda: one.visit.send(one.sitting),
        lambda: one.visit.send("/"),
    ]
    with others.at_work():
        others.until_each(given)
        with away(cluster):
            replies = [ask() for ask in asked]
            others.until_each(refused)
        assert one.visit.insist(form.action, fields).status == 303
        others.until_each(given)
    assert [(each.status, bool(each.retry_after)) for each in replies] == [(503, True)] * len(asked)
    one.receipts.append(receipt(one.email, form))
    assert [each.visit.unanswered for each in people.learners] == [0] * LEARNERS
    assert audit(away_server.url, people.receipts) == []


def test_what_needs_no_database_is_served_while_it_is_away(cluster: Cluster, people: Crowd) -> None:
    with cluster.frozen():
        assert people.learners[0].visit.copy().send("/login").status == 503
        stranger = people.learners[0].visit.copy()
        stranger.cookies.clear()
        assert stranger.send("/login").status == 200


def test_a_long_statement_may_finish_where_that_was_asked_for_and_nowhere_else(cluster: Cluster) -> None:
    engine = make_engine(cluster.url)
    with engine.connect() as connection:
        without_hurry(connection)
        connection.execute(text(f"SELECT pg_sleep({ANSWER_SECONDS + 0.3})"))
        connection.commit()
        with pytest.raises(OperationalError, match=f"statement timeout|not answered for {ANSWER_SECONDS} s"):
            connection.execute(text(f"SELECT pg_sleep({10 * ANSWER_SECONDS})"))
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with cluster.frozen(), pytest.raises(OperationalError, match=f"not answered for {ANSWER_SECONDS} s"):
            connection.execute(text("SELECT 1"))
    engine.dispose()
