"""A server that is killed again and again keeps every answer it said it has."""

from random import Random

import pytest
from reliability.crowd import audit, crowd
from reliability.server import Server

SIZE, ANSWERS, KILLS = 6, 50, 3


@pytest.mark.slow
def test_no_answer_is_lost_or_doubled_when_the_server_is_killed(server: Server) -> None:
    people = crowd(server.port, SIZE, seed=1, resends=0.05)
    chance = Random(2)
    with people.at_work(ANSWERS) as work:
        for share in range(KILLS):
            enough = (share + chance.random()) * SIZE * ANSWERS / (KILLS + 1)
            people.until(lambda: len(people.receipts) > enough)  # noqa: B023 -- waited for in this turn
            assert not all(each.done() for each in work)
            server.kill()
            server.start()
    assert len(people.receipts) == SIZE * ANSWERS
    assert server.starts == KILLS + 1
    assert audit(server.url, people.receipts) == []
