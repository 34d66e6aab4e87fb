"""Asking what belongs where: the group of a member, a member of a group, the odd one out, and sorting."""

from functools import partial

from quizapp.core.items.ask import Ask, Offer, Pair, Pairing, Reply, Sides
from quizapp.core.items.index import Draw, Index
from quizapp.core.items.model import Form
from quizapp.core.items.wording import fill
from quizapp.core.knowledge.model import GroupSet, Member

_MOST_REPLIES = 6
_NAMED_MEMBERS = 3
_FEWEST_ALIKE = 2

_SURFACES = {
    Form.CHOICE: ("group", "member", "odd"),
    Form.MATCHING: ("match-members",),
    Form.TRUE_FALSE: ("group",),
}


def surfaces(form: Form) -> tuple[str, ...]:
    """Name the stems and directions in which a membership can be asked."""
    return _SURFACES.get(form, ())


def ask(index: Index, member: Member, surface: str, draw: Draw) -> Ask | None:
    """Ask for the group of a member, for a member of a group, or which one does not belong."""
    if surface == "group":
        return _group(index, member)
    if surface == "member":
        return _member(index, member, draw)
    return _odd(index, member, draw)


def claim(index: Index, member: Member, answer: str) -> str:
    """Say that the member belongs to the group `answer`, to be judged true or false."""
    groupset = index.bank.groupsets[member.groupset]
    if groupset.ask:
        return index.phrases.say("claim.asked", ask=fill(groupset.ask, member=member.text), answer=answer)
    return _titled(index, "claim.member", groupset, member=member.text, answer=answer)


def pairing(index: Index, member: Member, draw: Draw) -> Pairing:
    """Sort members into groups; a group may be used more than once."""
    groupset = index.bank.groupsets[member.groupset]
    others = _members(index, member, draw, index.members_of[member.groupset])
    strangers = [key for key in groupset.groups if key != member.group and key not in member.extras.also_true]
    shown = {member.group, *draw.rng.sample(strangers, min(len(strangers), _MOST_REPLIES - 1))}
    replies = {key: Reply(group.name.text, key, None) for key, group in groupset.groups.items() if key in shown}
    return Pairing(
        surface="match-members",
        stem=sides(index, member).stem,
        asked=_pair(member, replies),
        others=tuple(_pair(other, replies) for other in others if other.group in replies),
        right=partial(_belongs, index, groupset),
        replies=tuple(replies.values()),
    )


def sides(index: Index, member: Member) -> Sides:
    """Word a member as one of a set to sort."""
    groupset = index.bank.groupsets[member.groupset]
    stem = index.phrases.say("match.members", title=groupset.title or index.bank.title)
    return Sides(stem, member.text, _group_name(groupset, member))


def _pair(member: Member, replies: dict[str, Reply]) -> Pair:
    return Pair(member.id, member.text, replies[member.group], member.extras.why)


def _belongs(index: Index, groupset: GroupSet, fact: str, group: str) -> bool:
    member = index.bank.facts[fact]
    if not isinstance(member, Member):
        return False
    return group in (member.group, *member.extras.also_true) or _holds_alike(index, groupset, group, member)


def _group(index: Index, member: Member) -> Ask:
    groupset = index.bank.groupsets[member.groupset]
    if groupset.ask:
        stem = fill(groupset.ask, member=member.text)
    else:
        stem = _titled(index, "stem.group", groupset, member=member.text)
    owners = (member.group, *(key for key in member.extras.also_true if key in groupset.groups))
    near = tuple(
        Offer(group.name.text, None, _examples(index, groupset, key), group.name.also)
        for key, group in groupset.groups.items()
        if key not in owners and not _holds_alike(index, groupset, key, member)
    )
    right = tuple(name for key in owners for name in groupset.groups[key].name.all)
    return Ask("group", member, stem, right, near, cue=member.text)


def _member(index: Index, member: Member, draw: Draw) -> Ask:
    groupset = index.bank.groupsets[member.groupset]
    group = groupset.groups[member.group].name.text
    if groupset.ask_member:
        stem = fill(groupset.ask_member, group=group)
    else:
        stem = _titled(index, "stem.member", groupset, group=group)
    near = tuple(
        Offer(other.text, other.id, index.phrases.say("because.member", group=_group_name(groupset, other)))
        for other in _members(index, member, draw, index.members_of[member.groupset])
        if other.group != member.group
        and member.group not in other.extras.also_true
        and not _holds_alike(index, groupset, member.group, other)
    )
    return Ask("member", member, stem, (member.text, *member.extras.accept), near)


def _odd(index: Index, member: Member, draw: Draw) -> Ask | None:
    """Set members of one other group around the member: they fit no second group, it does not fit theirs."""
    groupset = index.bank.groupsets[member.groupset]
    for key in draw.take([key for key in groupset.groups if key not in (member.group, *member.extras.also_true)]):
        others = _members(index, member, draw, groupset.groups[key].members)
        alike = [other for other in others if other.group == key and not other.extras.also_true]
        if len(alike) < _FEWEST_ALIKE or _holds_alike(index, groupset, key, member):
            continue
        because = index.phrases.say("because.odd", group=groupset.groups[key].name.text)
        near = tuple(Offer(other.text, other.id, because) for other in alike)
        return Ask("odd", member, _titled(index, "stem.odd", groupset), (member.text,), near)
    return None


def _members(index: Index, member: Member, draw: Draw, pool: tuple[str, ...]) -> list[Member]:
    found = (index.bank.facts.get(key) for key in draw.facts(pool))
    return [
        other
        for other in found
        if isinstance(other, Member) and other.groupset == member.groupset and other is not member
    ]


def _holds_alike(index: Index, groupset: GroupSet, group: str, member: Member) -> bool:
    """Tell whether a group has a member that reads the same as `member`, which then belongs there too."""
    facts = (index.bank.facts[fact] for fact in groupset.groups[group].members)
    texts = (other.text for other in facts if isinstance(other, Member))
    return index.any_alike((groupset.key, group), texts, member.text)


def _examples(index: Index, groupset: GroupSet, group: str) -> str:
    facts = (index.bank.facts[fact] for fact in groupset.groups[group].members[:_NAMED_MEMBERS])
    members = ", ".join(fact.text for fact in facts if isinstance(fact, Member))
    return index.phrases.say("because.group", group=groupset.groups[group].name.text, members=members)


def _group_name(groupset: GroupSet, member: Member) -> str:
    return groupset.groups[member.group].name.text


def _titled(index: Index, key: str, groupset: GroupSet, **inserts: str) -> str:
    if groupset.title:
        return index.phrases.say(key, title=groupset.title, **inserts)
    return index.phrases.say(f"{key}-untitled", **inserts)
