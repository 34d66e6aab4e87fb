"""Texts that nobody writes by hand, made to cost time or memory."""

from collections.abc import Callable, Mapping

from quizapp.core.knowledge.limits import LONGEST_LINE

HEAD = "knowledge: 1\nid: demo\nlanguage: en\ntitle: Demo\n"


def alias_bomb(levels: int) -> str:
    """Write a list that has 2 to the power of the levels entries once its aliases are followed."""
    return "a0: &a0 lol\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, levels + 1))


def misspelt_columns(columns: int) -> str:
    """Write a table whose columns are each one letter away from concepts."""
    return (
        f"{HEAD}comparisons:\n  c:\n    concepts:\n"
        + "".join(f"      concept-{number}: C\n" for number in range(4 * columns))
        + "    attributes: {a: '{concept}?'}\n    facts: |\n      |"
        + "|".join(f" concpt-{number} " for number in range(columns))
        + "|\n"
    )


def bars(rows: int) -> str:
    """Write a table of rows as long as a line may be."""
    head = f"{HEAD}comparisons:\n  c:\n    concepts: {{a: A, b: B}}\n    attributes: {{x: '{{concept}}?'}}\n"
    return f"{head}    facts: |\n" + ("      " + "|" * 19_000 + "\n") * rows


GROWING: Mapping[str, tuple[Callable[[int], str], int]] = {
    "an alias bomb": (alias_bomb, 64),
    "many aliases of one long text": (lambda n: "s: &s " + "A" * 19_000 + "\nxs:\n" + "  - *s\n" * n, 20_000),
    "deep braces": (lambda n: "cards: " + "{a: " * n, 4_000),
    "deep brackets": (lambda n: "cards: " + "[" * n, 19_000),
    "deep brackets over many lines": (lambda n: "cards:\n  " + "[[[[[[[[[[\n  " * n, 40_000),
    "deep indentation": (lambda n: "".join("  " * depth + "a:\n" for depth in range(n)), 200),
    "deep lists": (lambda n: "- " * n + "a\n", 9_000),
    "many documents": (lambda n: "---\ncards: {}\n" * n, 10_000),
    "many unknown keys": (lambda n: HEAD + "".join(f"k{number}: x\n" for number in range(n)), 100_000),
    "many misspelt columns": (misspelt_columns, 800),
    "many gap marks": (lambda n: f"{HEAD}cloze:\n  c: {'==a' * n}\n", 6_000),
    "many open gaps": (lambda n: f"{HEAD}cloze:\n  c: {'==a ' * n}\n", 4_900),
    "many bars": (bars, 50),
}
"""Knowledge files that may be made of more or fewer parts, and of how many they are at their worst."""

FILES: Mapping[str, str] = {
    **{name: write(most) for name, (write, most) in GROWING.items()},
    "a python object": "cards: !!python/object/apply:os.system ['touch pwned']\n",
    "a python name": "cards: !!python/name:os.system ''\n",
    "a binary": "cards: !!binary aGVsbG8=\n",
    "duplicate keys": HEAD + "cards:\n  a: {front: F, front: G, back: B}\n",
    "a merge key": HEAD + "cards:\n  <<: {front: F}\n",
    "a list": "- 1\n",
    "a text": "just text\n",
    "a comment": "# nothing\n",
    "nothing": "",
    "white space": " \n \n",
    "a tab": "cards:\n\ta: b\n",
    "an escaped NUL": HEAD + 'cards:\n  a: {front: "a\\0b", back: B}\n',
    "an escaped half character": HEAD + 'cards:\n  a: {front: "a\\ud800b", back: B}\n',
    "a NUL": HEAD + "cards:\n  a: {front: a\x00b, back: B}\n",
    "a half character": HEAD + "cards:\n  a: {front: a\ud800b, back: B}\n",
    "a control character": HEAD + "cards:\n  a: {front: a\x1bb, back: B}\n",
    "a line separator": HEAD + "cards:\n  a: {front: a\u2028b, back: B}\n",
    "a noncharacter": HEAD + "cards:\n  a: {front: a\ufffeb, back: B}\n",
    "a directive": "%YAML 9.9\n---\nknowledge: 1\n",
    "a long line": HEAD + "cards:\n  a: {front: " + "F" * LONGEST_LINE + ", back: B}\n",
}
"""Knowledge files of which each must be refused."""

PIECES = ("[", "*", "$a", "a.", "1,000,", "1 000 ", "'", "(", "a'", "`~~", "\u0301", "1-", "_^")
"""Repeated, they are hard on the patterns that part a text into words."""

MARKDOWN = (
    "[" * 20_000,
    "**a" * 6000,
    "`" * 20_000,
    "$a" * 9999,
    "[a](" * 5000,
    "![[" * 6000,
    "> " * 9999,
    "- " * 9999,
    "*_" * 9999,
    "<" * 20_000,
    ">" * 20_034,
    "|a" * 5000 + "\n" + "|-" * 4000,
    '[a](b "' + '\\"' * 9000,
    "$" + r"\frac{" * 160 + "$",
    ("$" + r"\sqrt{" * 99 + "x" + "}" * 99 + "$") * 20,
)
"""Texts of one author's field that are hard on a reader of Markdown, most as long as it reads."""
