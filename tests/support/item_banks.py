"""Small banks written by hand as values, for the tests of items."""

from collections.abc import Mapping
from dataclasses import replace

from quizapp.core.knowledge.model import (
    Attribute,
    Bank,
    Card,
    Cell,
    Cloze,
    Comparison,
    Definition,
    Example,
    Extras,
    Fact,
    Gap,
    Group,
    GroupSet,
    Member,
    Name,
    Question,
    Statement,
    Taxonomy,
    Term,
    Wrong,
)

Said = str | tuple[str, Extras]


def bank_of(*parts: Bank, bank_id: str = "hand-made", language: str = "en") -> Bank:
    """Lay several one-section banks together."""
    merged = Bank(id=bank_id, language=language, title="Made by hand")
    for part in parts:
        merged = replace(
            merged,
            comparisons={**merged.comparisons, **part.comparisons},
            taxonomies={**merged.taxonomies, **part.taxonomies},
            groupsets={**merged.groupsets, **part.groupsets},
            clozes={**merged.clozes, **part.clozes},
            facts={**merged.facts, **part.facts},
        )
    return merged


def part_of(
    facts: list[Fact],
    *,
    comparisons: Mapping[str, Comparison] | None = None,
    taxonomies: Mapping[str, Taxonomy] | None = None,
    groupsets: Mapping[str, GroupSet] | None = None,
    clozes: Mapping[str, Cloze] | None = None,
) -> Bank:
    return Bank(
        id="part",
        language="en",
        title="Part",
        comparisons=comparisons or {},
        taxonomies=taxonomies or {},
        groupsets=groupsets or {},
        clozes=clozes or {},
        facts={fact.id: fact for fact in facts},
    )


def comparison(
    key: str,
    concepts: Mapping[str, Name | str],
    rows: Mapping[str, Mapping[str, Said]],
    asks: Mapping[str, tuple[str, str]] | None = None,
) -> Bank:
    """Write a table: rows[attribute][concept] is the value; asks[attribute] is (ask, ask-value)."""
    facts: list[Fact] = []
    cells = {}
    attributes = {}
    for attribute, values in rows.items():
        ask, ask_value = (asks or {}).get(attribute, ("", ""))
        attributes[attribute] = Attribute(attribute, attribute.replace("-", " ").capitalize(), ask, ask_value)
        for concept, said in values.items():
            text, extras = said if isinstance(said, tuple) else (said, Extras())
            cell = Cell(f"{key}.{attribute}.{concept}", key, concept, attribute, text, extras)
            cells[attribute, concept] = cell.id
            facts.append(cell)
    names = {name: value if isinstance(value, Name) else Name(value) for name, value in concepts.items()}
    return part_of(facts, comparisons={key: Comparison(key, key.replace("-", " "), names, attributes, cells)})


def taxonomy(
    key: str,
    terms: Mapping[str, tuple[str | Name, Said | None, Mapping[str, Said]]],
    *,
    ask_definition: str = "",
    ask_term: str = "",
    ask_example: str = "",
) -> Bank:
    """Write terms: terms[key] is (name, definition or None, examples)."""
    facts: list[Fact] = []
    made = {}
    for term, (name, meaning, examples) in terms.items():
        definition = None
        if meaning is not None:
            text, extras = meaning if isinstance(meaning, tuple) else (meaning, Extras())
            definition = f"{key}.{term}.definition"
            facts.append(Definition(definition, key, term, text, extras))
        ids = []
        for example, said in examples.items():
            text, extras = said if isinstance(said, tuple) else (said, Extras())
            ids.append(f"{key}.{term}.examples.{example}")
            facts.append(Example(ids[-1], key, term, text, extras))
        made[term] = Term(term, name if isinstance(name, Name) else Name(name), definition, tuple(ids))
    title = key.replace("-", " ")
    return part_of(facts, taxonomies={key: Taxonomy(key, title, made, ask_definition, ask_term, ask_example)})


def groupset(key: str, groups: Mapping[str, tuple[str, Mapping[str, Said]]], *, ask: str = "") -> Bank:
    """Write groups: groups[key] is (name, members)."""
    facts: list[Fact] = []
    made = {}
    for group, (name, members) in groups.items():
        ids = []
        for member, said in members.items():
            text, extras = said if isinstance(said, tuple) else (said, Extras())
            ids.append(f"{key}.{group}.{member}")
            facts.append(Member(ids[-1], key, group, text, extras))
        made[group] = Group(group, Name(name), tuple(ids))
    return part_of(facts, groupsets={key: GroupSet(key, key.replace("-", " "), made, ask)})


def card(key: str, front: str, back: str, *, both_ways: bool = False, extras: Extras | None = None) -> Bank:
    return part_of([Card(f"cards.{key}", front, back, both_ways, extras or Extras(tags=("tagged",)))])


def question(key: str, ask: str, right: str, *wrong: str, extras: Extras | None = None) -> Bank:
    wrongs = tuple(Wrong(f"w{at}", text, f"because of {text}") for at, text in enumerate(wrong))
    return part_of([Question(f"questions.{key}", ask, right, wrongs, extras or Extras())])


def statement(key: str, say: str, *, is_true: bool) -> Bank:
    return part_of([Statement(f"statements.{key}", say, is_true, Extras(why="So it is."))])


def cloze(key: str, *parts: str) -> Bank:
    """Write a text whose every second part is a gap."""
    ids = []
    facts: list[Fact] = []
    for number, at in enumerate(range(1, len(parts), 2), start=1):
        ids.append(f"cloze.{key}.{number}")
        before, after = "".join(parts[:at]), "".join(parts[at + 1 :])
        facts.append(Gap(ids[-1], key, number, before, parts[at], after, "", Extras()))
    text = "".join(f"=={part}==" if at % 2 else part for at, part in enumerate(parts))
    return part_of(facts, clozes={key: Cloze(key, text, tuple(ids))})


def everything() -> Bank:
    """Give the standing bank of these tests: every section, with material enough for every form."""
    return bank_of(_models(), _people(), _centres(), _costs(), _cards(), _written())


def _models() -> Bank:
    both = Extras(also_true=("hybrid",), why="The buyer employs them.", accept=("In-house staff",))
    return comparison(
        "models",
        {
            "in": "Insourcing",
            "out": Name("Outsourcing", ("contracting out",)),
            "hybrid": "Hybrid model",
            "shared": "Shared services",
            "joint": "Joint venture",
        },
        {
            "staff": {
                "in": ("Own employees", both),
                "out": "People of the vendor",
                "hybrid": "A mix of teams",
                "shared": "A central unit",
                "joint": "Seconded specialists",
            },
            "control": {
                "in": "Direct orders",
                "out": "Written agreements",
                "hybrid": "Split steering",
                "shared": "Internal tariffs",
                "joint": "A common board",
            },
            "notice": {"in": "3 months", "out": "12 months", "hybrid": "6 months", "shared": "9 months"},
            "tempo": {"in": "Slow start", "out": "Sudden switch", "hybrid": "Gradual shift", "joint": "Yearly rounds"},
            "risk": {"in": "Idle capacity", "out": "Lock-in", "hybrid": "Unclear roles", "joint": "Exit disputes"},
        },
        {
            "staff": ("Whose people do the work in {concept}?", ""),
            "control": ("How is work steered in {concept}?", "Which model is steered by {value}?"),
        },
    )


def _people() -> Bank:
    return comparison(
        "levels",
        {"low": "Junior role", "high": "Senior role"},
        {
            "skill": {"low": "Follows a manual", "high": "Judges each case"},
            "pay": {"low": "Hourly wages", "high": "Yearly salary with bonus"},
            "training": {"low": "Two weeks on the job", "high": "University degree first"},
            "turnover": {"low": "Frequent leavers", "high": "Long careers"},
            "tools": {"low": "Scripts and forms", "high": "Statistics and models"},
        },
    )


def _centres() -> Bank:
    return taxonomy(
        "centres",
        {
            "captive": (
                Name("Captive unit", ("in-house hub",)),
                "A foreign subsidiary that serves only its parent",
                {"bank": "A lender opens its own office in Gdansk", "shop": "A retailer runs its own desk in Manila"},
            ),
            "vendor": (
                "Third-party provider",
                "An independent firm that works for many clients",
                {"payroll": "A specialist pays wages for forty companies"},
            ),
            "near": (
                "Nearshoring",
                "Moving work to a neighbouring country",
                {"helsinki": "Helsinki sends bookkeeping to Tallinn"},
            ),
            "off": ("Offshoring", "Moving work to a distant continent", {"paris": "Paris sends coding to Bangalore"}),
            "on": ("Onshoring", "Keeping work at home with another firm", {}),
            "boo": ("Build-operate-transfer", "A vendor sets up a site and later hands it over", {}),
            "crowd": ("Crowdsourcing", "Giving small tasks to an open public", {"tags": "Strangers label photographs"}),
        },
    )


def _costs() -> Bank:
    return groupset(
        "costs",
        {
            "once": (
                "One-off",
                {"handover": "Knowledge handover", "severance": "Severance pay", "search": "Vendor search"},
            ),
            "running": (
                "Running",
                {"fees": "Monthly fees", "steering": "Contract steering", "audits": "Yearly audits"},
            ),
            "hidden": (
                "Hidden",
                {
                    "morale": "Falling morale",
                    "loss": "Lost knowledge",
                    "travel": ("Extra travel", Extras(also_true=("running",))),
                },
            ),
        },
    )


def _cards() -> Bank:
    return bank_of(
        card("sla", "SLA", "Service level agreement", both_ways=True),
        card("rfp", "RFP", "Request for proposal", both_ways=True),
        card("tco", "TCO", "Total cost of ownership", both_ways=True),
        card("fte", "FTE", "Full-time equivalent", both_ways=True),
        card("kpi", "KPI", "Key performance indicator", both_ways=True),
        card("msa", "MSA", "Master framework", both_ways=True),
        card("sow", "SOW", "Statement of work", both_ways=True),
        card("lone", "What comes before a contract is signed?", "Due diligence", extras=Extras()),
    )


def _written() -> Bank:
    return bank_of(
        question(
            "forgotten",
            "Which expense do offers most easily leave out?",
            "Moving the work",
            "The hourly rate",
            "The number of hours",
            "The currency",
            "The office rent",
        ),
        question("two", "Who pays for the move?", "The client", "The vendor"),
        statement("owned", "A captive unit belongs to its parent.", is_true=True),
        statement("cheap", "The lowest bid has the lowest total expense.", is_true=False),
        cloze(
            "arbitrage",
            "Offshoring relies on ",
            "wage gaps",
            ", nearshoring on ",
            "closeness",
            " and crowdsourcing on ",
            "volunteers",
            ".",
        ),
        cloze("lock", "A long contract can end in ", "dependence", "."),
    )
