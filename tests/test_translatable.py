"""Texts can be translated: none is worded while a module is imported, and every refusal is one that is gathered."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "quizapp"
AT_ONCE = frozenset({"gettext", "ngettext", "pgettext", "npgettext"})
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_no_text_is_worded_while_a_module_is_imported() -> None:
    early = [f"{path.relative_to(PACKAGE)}:{call.lineno}" for path in MODULES for call in worded_early(parsed(path))]
    assert early == []


def test_every_refusal_is_gathered_for_translation() -> None:
    makers = {each.name for path in MODULES for each in functions(parsed(path)) if says_message(each.returns)}
    unknown = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}" for path in MODULES for call in ungathered(parsed(path), makers)
    ]
    assert unknown == []


@pytest.mark.parametrize(
    "source",
    [
        "from flask_babel import gettext as _\nWORDS = {1: _('one')}",
        "from flask_babel import ngettext\nclass A:\n    label = ngettext('one', 'many', 2)",
        "from flask_babel import gettext\ndef f(label=gettext('one')):\n    return label",
    ],
)
def test_words_at_import_are_found(source: str) -> None:
    assert list(worded_early(ast.parse(source)))


def test_words_looked_up_when_they_are_needed_are_fine() -> None:
    source = "from flask_babel import gettext as _, lazy_gettext\nA = lazy_gettext('a')\ndef f():\n    return _('b')"
    assert not list(worded_early(ast.parse(source)))


@pytest.mark.parametrize("reason", ["f'{name} is here'", "'It is ' + name", "WORDS[name]", "name", "str(name)"])
def test_a_refusal_put_together_is_found(reason: str) -> None:
    assert list(ungathered(ast.parse(f"def f(name: str) -> None:\n    raise Refused({reason}, 'field')"), set()))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def worded_early(module: ast.Module) -> Iterator[ast.Call]:
    """Give the calls that word a text outside the body of every function."""
    imports = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"]
    names = {each.asname or each.name for node in imports for each in node.names if each.name in AT_ONCE}
    for node in at_import(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what is run by an import: not the bodies of functions, but their defaults and decorators."""
    yield node
    if isinstance(node, ast.Lambda):
        return
    inner: list[ast.AST] = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner = [*node.args.defaults, *filter(None, node.args.kw_defaults), *node.decorator_list]
    for each in inner:
        yield from at_import(each)


def ungathered(module: ast.Module, makers: set[str]) -> Iterator[ast.Call]:
    """Give the refusals whose reason is no literal, no message made there and nothing that is said to be one."""
    constants = {
        node.target.id
        for node in module.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and says_message(node.annotation)
    }
    for function in functions(module):
        known = constants | names_of_messages(function, constants)
        for call in refusals(function):
            reason = call.args[0]
            if not (isinstance(reason, ast.Constant) or makes(reason, makers) or root(reason) in known):
                yield call


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def refusals(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
            yield node


def names_of_messages(function: ast.FunctionDef, constants: set[str]) -> set[str]:
    """Name the parameters, variables and loop variables of a function that hold messages."""
    every = [*function.args.args, *function.args.kwonlyargs]
    found = {each.arg for each in every if each.annotation is not None and says_message(each.annotation)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and makes(node.value, set()):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.For) and root(node.iter) in constants:
            found |= {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
    return found


def makes(node: ast.expr, makers: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"msg", "msg_n", *makers}


def root(node: ast.expr) -> str:
    """Name what an attribute, an entry or a call of a method is taken from."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value) | ast.Subscript(value=value):
            return root(value)
        case ast.Call(func=ast.Attribute() as method):
            return root(method)
    return ""


def says_message(annotation: ast.expr | None) -> bool:
    return annotation is not None and "Message" in ast.unparse(annotation)
