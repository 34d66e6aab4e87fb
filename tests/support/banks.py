"""A small bank with every section, and its Swedish overlay."""

from quizapp.core.knowledge.limits import Text

SOURCING = """\
knowledge: 1
id: sourcing-test
language: en
title: Sourcing models
tags: [sourcing]
sources:
  lecture: Lecture 4, sourcing models

comparisons:
  models:
    title: Insourcing and outsourcing
    source: lecture
    concepts:
      in: Insourcing
      out: {name: Outsourcing, also: [contracting out]}
    attributes:
      staff: Whose staff does the work in {concept}?
      control: How direct is control in {concept}?
    facts: |
      |         | in             | out                      |
      | staff   | Our own staff  | The supplier's staff     |
      | control | Direct control | Control through contract |

taxonomies:
  ownership:
    title: Who owns the service centre
    terms:
      captive:
        name: Captive centre
        definition: A service centre abroad that the client itself owns.
        examples: {bank: A bank opens its own centre in Gdansk.}
      joint:
        name: Joint venture
        definition: A service centre that client and supplier own together.
      third:
        name: Third-party centre
        definition: A service centre that only the supplier owns.

groups:
  cost-kinds:
    title: Kinds of cost
    ask: Which kind of cost is {member}?
    groups:
      one-off: {name: One-off cost, members: {transition: Knowledge transfer, severance: Severance pay}}
      running: {name: Running cost, members: {fees: Monthly fees, governance: Contract management}}

cards:
  tco: {front: What does TCO stand for?, back: Total cost of ownership, both-ways: true}
  sla: {front: What does SLA stand for?, back: Service level agreement, tags: [contract]}

questions:
  forgotten-cost:
    ask: Which cost is most easily forgotten when an offer is compared with in-house work?
    right: The cost of transition
    wrong:
      hourly: {text: The supplier's hourly rate, because: It is stated in the offer.}
      volume: The number of hours

statements:
  captive-owned: {say: A captive centre belongs to the supplier., is: false, why: It belongs to the client.}

cloze:
  arbitrage: Offshoring often relies on ==labour arbitrage==^[a wage gap].
"""

SOURCING_SV = """\
knowledge: 1
id: sourcing-test
translates: en
language: sv
title: Sourcingmodeller
cards:
  tco: {front: Vad står TCO för?, back: Totalkostnad för ägandet}
"""


def sourcing(*changes: tuple[str, str], swedish: bool = True) -> tuple[Text, ...]:
    """Give the bank's files, the source edited by replacing each first text with the second."""
    content = SOURCING
    for old, new in changes:
        if content.count(old) != 1:
            raise ValueError(f"{old!r} is {content.count(old)} times in the bank")
        content = content.replace(old, new)
    overlays = (Text("sourcing-test.sv.yaml", SOURCING_SV),) if swedish else ()
    return (Text("sourcing-test.yaml", content), *overlays)
