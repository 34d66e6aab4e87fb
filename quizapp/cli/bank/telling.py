"""How problems of knowledge files are told on the command line: the place, the line, what to do."""

from dataclasses import asdict
from typing import Any

from quizapp.core.knowledge.reading import Problem


def readable(problem: Problem) -> str:
    """Write a problem for a person, with its line and a mark below the place."""
    rule = f" [{problem.rule}]" if problem.rule else ""
    kind = "warning: " if problem.warning else ""
    place, message = f"{problem.path}:{problem.line}:{problem.column}", problem.told
    lines = [f"{place}: {kind}{message}{rule}"]
    if problem.excerpt.strip():
        lines += [f"    {problem.excerpt}", "    " + " " * (problem.column - 1) + "^"]
    if problem.hint:
        lines.append(f"    hint: {problem.hint}")
    return "\n".join(lines)


def as_json(problem: Problem) -> dict[str, Any]:
    """Write a problem for a program."""
    severity = "warning" if problem.warning else "error"
    plain = {key: value for key, value in asdict(problem).items() if key not in {"warning", "fact"}}
    return {**plain, "message": problem.told, "severity": severity}
