"""What an author is told about the writing of a bank: errors of logic first, then wording."""

from dataclasses import replace

import pytest
from support.translatable import all_translatable

from quizapp.core.knowledge.lint import lint
from quizapp.core.knowledge.model import Bank, Extras, Question, Wrong
from quizapp.core.knowledge.read import Text, read
from quizapp.core.knowledge.reading import Problem, Reading

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"


def problems(body: str, *overlays: str) -> tuple[Problem, ...]:
    texts = [Text(f"demo.{number}.yaml", overlay) for number, overlay in enumerate(overlays)]
    reading = read(Text("demo.yaml", HEAD + body), texts)
    assert reading.problems == ()
    found = lint(reading, "demo.yaml")
    assert all_translatable(found)
    return found


def rules(body: str) -> list[tuple[str, bool]]:
    return [(problem.rule, problem.warning) for problem in problems(body)]


def about(question: Question, language: str = "en") -> list[str]:
    bank = Bank("demo", language, "Demo", facts={question.id: question})
    return [problem.rule for problem in lint(Reading(bank, {language: bank}, (), {question.id: (7, 3)}))]


def question(ask: str, right: str, *wrong: str, accept: tuple[str, ...] = ()) -> Question:
    answers = tuple(Wrong(f"w{number}", text) for number, text in enumerate(wrong))
    return Question("questions.q", ask, right, answers, Extras(accept=accept))


PLAIN = question("Who employs the staff?", "The client", "A supplier", "The state")


def test_a_plain_question_draws_no_remark() -> None:
    assert about(PLAIN) == []


def test_a_reading_with_errors_has_nothing_to_lint() -> None:
    assert lint(read(Text("x.yaml", "knowledge: 2"))) == ()


def test_a_problem_has_path_place_rule_and_hint() -> None:
    body = "questions:\n  q: {ask: 'Who pays?', right: The client, wrong: {a: the clients}}\n"
    (problem,) = problems(body)
    assert (problem.path, problem.line, problem.column) == ("demo.yaml", 6, 3)
    assert (problem.rule, problem.warning) == ("E1", False)
    assert problem.hint
    assert str(problem).startswith("demo.yaml:6:3: questions.q: ")


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en", "The supplier's staff", "Supplier staff"),
        ("sv", "Leverantörerna", "En leverantör"),
        ("de", "Die Straße", "Strasse"),
        ("fi", "Palvelut", "palvelu"),
        ("nb", "Et selskap", "Selskap"),
    ],
)
def test_a_wrong_answer_equal_to_the_right_one_is_an_error(language: str, right: str, wrong: str) -> None:
    assert "E1" in about(question("???", right, wrong), language)


def test_a_wrong_answer_that_would_be_accepted_is_an_error() -> None:
    reading = question("Who employs the staff?", "The client", "Its buyer", "The state", accept=("buyer",))
    bank = Bank("demo", "en", "Demo", facts={reading.id: reading})
    (problem,) = lint(Reading(bank, {"en": bank}, (), {}))
    assert (problem.rule, problem.warning, problem.line) == ("E1", False, 1)
    assert about(replace(reading, extras=Extras(accept=("the buying firm",)))) == []


def test_a_wrong_answer_held_in_the_right_one_is_a_warning() -> None:
    assert rules("questions: {q: {ask: 'Who pays?', right: The client, wrong: {a: 'Client, staff'}}}") == [("E1", True)]


def test_two_equal_wrong_answers_are_an_error() -> None:
    assert about(question("Who employs the staff?", "The client", "A supplier", "the suppliers")) == ["E3"]


def test_equal_definitions_need_also_true() -> None:
    body = (
        "taxonomies:\n  kinds:\n    title: Kinds\n    terms:\n"
        "      one: {name: Alpha, definition: Work done abroad}\n"
        "      two: {name: Beta, definition: {text: Work done abroad.%s}}\n"
    )
    assert rules(body % "") == [("E2", False)]
    assert rules(body % ", also-true: [one]") == []


def test_one_member_of_two_groups_needs_also_true() -> None:
    body = (
        "groups:\n  costs:\n    title: Costs\n    ask: 'Which cost is {member}?'\n    groups:\n"
        "      one-off: {name: Once, members: {a: {text: Severance pay%s}}}\n"
        "      running: {name: Monthly, members: {b: Severance pay, c: Fees}}\n"
    )
    assert rules(body % "") == [("E2", False)]
    assert rules(body % ", also-true: [running]") == []


def test_equal_values_in_a_comparison_are_no_error() -> None:
    body = (
        "comparisons:\n  models:\n    title: Models\n    concepts: {a: Alpha, b: Beta}\n"
        "    attributes: {staff: 'Who employs people in {concept}?'}\n"
        "    facts: |\n      |       | a      | b      |\n      | staff | Client | Client |\n"
    )
    assert rules(body) == []


def test_one_statement_both_true_and_false_is_an_error() -> None:
    body = "statements:\n  a: {say: The client pays., is: %s}\n  b: {say: the clients pay, is: false}\n"
    assert rules((body % "true").replace("clients pay", "client pays")) == [("E2", False)]
    assert rules((body % "false").replace("clients pay", "client pays")) == []


def test_one_front_with_two_backs_is_a_warning() -> None:
    body = "cards:\n  a: {front: BPO, back: Business process outsourcing}\n  b: {front: bpo, back: %s}\n"
    assert rules(body % "Bank payment order") == [("E1", True)]
    assert rules(body % "business process outsourcing") == []
    assert rules(body % "Bank payment order, also-true: [a]") == []


@pytest.mark.parametrize(
    ("language", "option"),
    [
        ("en", "All of the above"),
        ("en", "None of these."),
        ("en", "Both A and B"),
        ("en", "All of the answers"),
        ("sv", "Alla ovanstående"),
        ("sv", "Inget av alternativen"),
        ("de", "Alle oben genannten"),
        ("de", "Keine der Antworten"),
        ("fi", "Kaikki edellä mainitut"),
        ("fi", "Ei mikään näistä"),
        ("nb", "Alle ovenfor"),
        ("nb", "Ingen av disse"),
    ],
)
def test_an_option_that_points_at_others_is_an_error(language: str, option: str) -> None:
    assert "E5" in about(question("???", "Kontrakt", option), language)


@pytest.mark.parametrize(
    ("language", "option"),
    [("en", "All costs of transition"), ("sv", "Alla kunder"), ("de", "Alle Kunden"), ("fi", "Kaikki"), ("nb", "Alle")],
)
def test_an_option_about_all_of_something_may_stand(language: str, option: str) -> None:
    assert "E5" not in about(question("???", "Kontrakt", option), language)


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("en", "Which cost is not part of the offer?"),
        ("en", "Which cost isn't part of the offer?"),
        ("sv", "Vilken kostnad ingår inte i anbudet?"),
        ("de", "Welche Kosten stehen nicht im Angebot?"),
        ("fi", "Mikä kulu ei kuulu tarjoukseen?"),
        ("nb", "Hvilken kostnad er ikke med i tilbudet?"),
    ],
)
def test_a_quiet_negation_is_told(language: str, ask: str) -> None:
    assert about(question(ask, "Xxxxx", "Yyyyy"), language) == ["W3"]


@pytest.mark.parametrize(
    "ask", ["Which cost is **not** in the offer?", "Which is NOT in the offer?", "What works without pay?"]
)
def test_an_emphasised_negation_is_not(ask: str) -> None:
    assert about(question(ask, "Xxxxx", "Yyyyy")) == []


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("en", "Which cost is **not** never paid?"),
        ("sv", "Vilken kostnad betalas **inte** aldrig?"),
        ("de", "Welche Kosten sind **nicht** nie fällig?"),
        ("nb", "Hvilken kostnad er **ikke** aldri med?"),
    ],
)
def test_a_double_negative_is_told(language: str, ask: str) -> None:
    assert about(question(ask, "Xxxxx", "Yyyyy"), language) == ["W7"]


def test_a_finnish_negative_verb_with_its_pronoun_is_one_negation() -> None:
    assert about(question("Mikä kulu **ei** koskaan kuulu tarjoukseen?", "Xxxxx", "Yyyyy"), "fi") == []


def test_a_long_question_is_told() -> None:
    assert about(question("cost " * 30 + "?", "Xxxxx", "Yyyyy")) == ["W7"]
    assert about(question("cost " * 29 + "cost?", "Xxxxx", "Yyyyy")) == []


@pytest.mark.parametrize("ask", ["The client pays for", "Name the payer."])
def test_a_stem_that_is_no_question_is_told(ask: str) -> None:
    assert about(question(ask, "Xxxxx", "Yyyyy")) == ["W4"]


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("en", "Which of the following is correct?"),
        ("sv", "Vilket av följande påståenden är sant?"),
        ("de", "Welche der folgenden Aussagen ist richtig?"),
        ("fi", "Mikä seuraavista väitteistä on totta?"),
        ("nb", "Hvilken av følgende påstander er riktig?"),
    ],
)
def test_a_question_that_says_nothing_is_told(language: str, ask: str) -> None:
    assert about(question(ask, "Xxxxx", "Yyyyy"), language) == ["W4"]


def test_long_options_and_repeated_beginnings_are_told() -> None:
    long = "a b c d e f g h i j k l m"
    assert "W4" in about(question("Who pays?", long, long[1:] + " n"))
    same = question("Who pays?", "It is paid by clients", "It is paid by states", "It is paid by banks")
    assert about(same) == ["W4"]


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en", "Costs fall", "Costs always fall"),
        ("sv", "Priset sjunker", "Alla priser faller"),
        ("de", "Preise sinken", "Preise sinken immer"),
        ("fi", "Hinta laskee", "Hinta nousee aina"),
        ("nb", "Prisen faller", "Prisen stiger alltid"),
    ],
)
def test_absolutes_in_wrong_answers_alone_are_told(language: str, right: str, wrong: str) -> None:
    assert "W5" in about(question("???", right, wrong), language)
    assert "W5" not in about(question("???", wrong, wrong + " x"), language)


@pytest.mark.parametrize(
    ("language", "right"),
    [
        ("en", "Costs usually fall"),
        ("sv", "Priset sjunker oftast"),
        ("de", "Preise sinken in der Regel"),
        ("fi", "Hinta laskee yleensä"),
        ("nb", "Prisen faller som regel"),
    ],
)
def test_a_hedge_in_the_right_answer_alone_is_told(language: str, right: str) -> None:
    assert "W5" in about(question("???", right, "Xxxxx yyyyy zzzzz"), language)


def test_options_of_uneven_length_are_told() -> None:
    (problem,) = problems(
        "questions: {q: {ask: 'Who pays?', right: The buyer by the contract signed, wrong: {a: A bank}}}"
    )
    assert (problem.rule, problem.warning) == ("W1", True)
    assert "the right answer is the longest" in problem.message


def test_a_right_answer_that_echoes_the_question_is_told() -> None:
    assert about(question("Who signs the contract?", "Contract owner", "Bank clerk")) == ["E4"]
    assert about(question("Who signs the contract?", "Contract owner", "Contract clerk")) == []


def test_a_definition_that_names_its_term_is_told() -> None:
    body = (
        "taxonomies:\n  centres:\n    title: Centres\n    terms:\n"
        "      captive: {name: Captive centre, definition: A %s the client owns}\n"
        "      shared: {name: Shared centre, definition: A place that many units use}\n"
    )
    assert rules(body % "captive that") == [("E4", True)]
    assert rules(body % "centre that") == []


def test_an_ask_and_a_front_that_hold_their_answer_are_told() -> None:
    body = (
        "comparisons:\n  models:\n    title: Models\n    concepts: {a: Alpha, b: Beta}\n"
        "    attributes: {control: 'Is there direct control in {concept}?'}\n"
        "    facts: |\n      |         | a              | b       |\n      | control | Direct control | By rule |\n"
        "cards: {c: {front: 'Is tea a drink?', back: A drink}}\n"
    )
    found = problems(body)
    assert [(problem.rule, problem.fact) for problem in found] == [
        ("E4", "models.control.a"),
        ("E4", "cards.c"),
    ]


def test_an_author_s_asks_are_checked_as_questions() -> None:
    body = (
        "groups:\n  costs:\n    title: Costs\n    ask: 'Sort {member} where it does not belong'\n    groups:\n"
        "      one-off: {name: Once, members: {a: Severance pay}}\n"
        "      running: {name: Monthly, members: {b: Contract fees}}\n"
    )
    assert sorted(rules(body)) == [("W3", True), ("W4", True)]


def test_a_translation_is_checked_in_its_own_language_and_only_where_it_is_translated() -> None:
    body = (
        "questions:\n"
        "  q: {ask: 'Who pays?', right: A client, wrong: {a: A state}}\n"
        "  r: {ask: 'Who never pays?', right: A bank, wrong: {a: A state}}\n"
    )
    overlay = (
        "knowledge: 1\nid: demo\ntranslates: en\nlanguage: sv\n"
        "questions:\n  q: {ask: 'Vem betalar inte?', right: En kund, wrong: {a: En stat}}\n"
    )
    found = problems(body, overlay)
    assert [(problem.rule, problem.fact) for problem in found] == [("W3", "sv: questions.q"), ("W3", "questions.r")]
