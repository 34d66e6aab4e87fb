"""Groups: what belongs where."""

from quizapp.core.knowledge.draft import Draft, Kin, lineage, placeholder
from quizapp.core.knowledge.fields import Fields, fields
from quizapp.core.knowledge.keys import readable
from quizapp.core.knowledge.model import Extras, Group, GroupSet, Member, Name
from quizapp.core.knowledge.tree import Entry
from quizapp.messages import msg

GROUPSET = frozenset({"title", "source", "tags", "was", "ask", "ask-member", "groups"})
GROUP = frozenset({"name", "also", "was", "members"})
NAMED = msg("write its name and members below it")

_THE_GROUP_SET = msg("the group set %(key)s")
THE_GROUP = msg("the group %(key)s")
_THE_MEMBER = msg("the member %(key)s")


def read_groupset(entry: Entry, draft: Draft) -> GroupSet | None:
    """Read one set of groups and add its members to the draft; None when it is no mapping."""
    key = entry.key.text
    found = fields(entry.value, entry.key, (_THE_GROUP_SET, key), GROUPSET, draft.problems)
    if found is None:
        return None
    base, was = draft.inherited(found), lineage(entry.key, found)
    children = found.children("groups", least=2)
    keys = {child.key.text for child in children}
    groups = {}
    for child in children:
        below = fields(child.value, child.key, (THE_GROUP, child.key.text), GROUP, draft.problems, NAMED)
        if below is not None:
            groups[child.key.text] = _Reader(key, was, base, keys, draft).group(child, below)
    title = found.text("title") or readable(key)
    return GroupSet(key, title, groups, placeholder(found, "ask", "member"), placeholder(found, "ask-member", "group"))


class _Reader:
    """What the groups of one set share."""

    __slots__ = ("_base", "_draft", "_groupset", "_keys", "_was")

    def __init__(self, groupset: str, was: tuple[str, ...], base: Extras, keys: set[str], draft: Draft) -> None:
        self._groupset, self._was, self._base, self._keys, self._draft = groupset, was, base, keys, draft

    def group(self, entry: Entry, found: Fields) -> Group:
        """Read a group with its members."""
        key = entry.key.text
        name = Name(found.required("name"), found.texts("also"))
        was = lineage(entry.key, found)
        members = found.children("members", least=1)
        return Group(key, name, tuple(fact for member in members if (fact := self._member(member, key, was))))

    def _member(self, entry: Entry, group: str, group_was: tuple[str, ...]) -> str | None:
        key = entry.key.text
        kin = Kin(group, self._keys, self._draft.former(entry.key, self._was, group_was, (key,)))
        read = self._draft.fact_text(entry.value, entry.key, (_THE_MEMBER, key), self._base, kin)
        if read is None:
            return None
        fact = Member(f"{self._groupset}.{group}.{key}", self._groupset, group, *read)
        self._draft.add(fact, entry.value.line, entry.value.column)
        return fact.id
