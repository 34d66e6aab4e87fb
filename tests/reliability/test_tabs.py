"""Two tabs, a double click, two ways of studying at once: each answer counts once, and nothing breaks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from reliability.crowd import Learner, audit, crowd, receipt
from reliability.pages import Fields, Reply, Visit, forms
from reliability.server import Server

ROUNDS, AT_ONCE = 20, 4

Post = tuple[Visit, str, Fields]


def at_once(posts: list[Post]) -> list[Reply]:
    """Send forms at the same moment."""
    start = Barrier(len(posts))

    def send(visit: Visit, path: str, fields: Fields) -> Reply:
        start.wait()
        return visit.send(path, fields)

    with ThreadPoolExecutor(len(posts)) as threads:
        return [each.result() for each in [threads.submit(send, *post) for post in posts]]


def with_key(fields: Fields, key: str) -> Fields:
    return tuple((name, key if name == "key" else value) for name, value in fields)


def learner(server: Server, number: int) -> Learner:
    one = crowd(server.port, number + 1, seed=5).learners[number]
    one.log_in()
    return one


def test_of_two_tabs_and_a_double_click_one_counts(shared_server: Server) -> None:
    one = learner(shared_server, 0)
    for turn in range(ROUNDS):
        form = one.question()
        fields = form.filled(one.chance)
        double_click = turn % 2 == 0
        keys = [form.value("key") if double_click else f"{form.value('key')[:-1]}{tab}" for tab in range(AT_ONCE)]
        replies = at_once([(one.visit.copy(), form.action, with_key(fields, key)) for key in keys])
        told = sorted(reply.status for reply in replies)
        assert told == ([303] * AT_ONCE if double_click else [303] + [409] * (AT_ONCE - 1))
        counted = next(key for key, reply in zip(keys, replies, strict=True) if reply.status == 303)
        one.receipts.append(replace(receipt(one.email, form), key=counted))
    assert audit(shared_server.url, one.receipts) == []


def test_undo_in_one_tab_loses_no_answer_of_the_other(shared_server: Server) -> None:
    one = learner(shared_server, 1)
    one.answer()
    for _ in range(ROUNDS):
        form = one.question()
        undo = one.sitting + "/undo"
        token: Fields = (("csrf_token", form.value("csrf_token")),)
        posts: list[Post] = [(one.visit.copy(), form.action, form.filled(one.chance)), (one.visit.copy(), undo, token)]
        answered, undone = at_once(posts)
        assert answered.status in {303, 404, 409}
        assert undone.status in {303, 422}
        if answered.status == 303:
            one.receipts.append(receipt(one.email, form))
        one.answer()
    assert audit(shared_server.url, one.receipts) == []


def test_two_ways_of_studying_the_same_facts_at_once_leave_one_memory(shared_server: Server) -> None:
    tabs = [learner(shared_server, 2) for _ in range(2)]
    tabs[1].kind = "flashcards"
    for _ in range(ROUNDS):
        questions = [tab.question() for tab in tabs]
        filled = [question.filled(tab.chance) for tab, question in zip(tabs, questions, strict=True)]
        posts = [(tab.visit, form.action, fields) for tab, form, fields in zip(tabs, questions, filled, strict=True)]
        for tab, form, fields, reply in zip(tabs, questions, filled, at_once(posts), strict=True):
            assert reply.status in {303, 503}
            assert tab.visit.insist(form.action, fields).status == 303
            tab.receipts.append(receipt(tab.email, form))
    assert audit(shared_server.url, [each for tab in tabs for each in tab.receipts]) == []


def test_an_answer_that_races_the_end_of_its_quiz_is_graded_or_refused(shared_server: Server) -> None:
    one = learner(shared_server, 3)
    for _ in range(ROUNDS // 2):
        quiz = one.quiz(questions=2)
        (form,) = (form for form in forms(one.visit.insist(f"{quiz}/1").text) if form.kind == "answer")
        token: Fields = (("csrf_token", form.value("csrf_token")),)
        posts: list[Post] = [
            (one.visit.copy(), form.action, form.filled(one.chance)),
            (one.visit.copy(), f"{quiz}/finish", token),
        ]
        answered, finished = at_once(posts)
        assert answered.status in {303, 409}
        assert finished.status == 303
        if answered.status == 303:
            one.receipts.append(receipt(one.email, form))
    assert audit(shared_server.url, one.receipts) == []
