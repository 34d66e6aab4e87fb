"""How long `quizapp --help` and `quizapp run` take, from an empty folder to the first page.

Run from the repository's root: `python benchmarks/start.py`. Python itself, starting with nothing to do, runs beside
them; each figure is the best of several runs in turn.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from time import perf_counter
from urllib.request import urlopen

RUNS = 5
GOAL_HELP, GOAL_PAGE = 0.3, 1.5


def main() -> None:
    """Measure and print one table."""
    works: dict[str, Callable[[], None]] = {"python": _python, "help": _help, "page": _first_page}
    best = dict.fromkeys(works, float("inf"))
    for _ in range(RUNS):
        for name, work in works.items():
            begin = perf_counter()
            work()
            best[name] = min(best[name], perf_counter() - begin)
    print(f"python -c pass         {best['python']:6.3f} s")
    print(f"quizapp --help         {best['help']:6.3f} s   {best['help'] / best['python']:6.1f}   (goal {GOAL_HELP} s)")
    print(f"run to the first page  {best['page']:6.3f} s   {best['page'] / best['python']:6.1f}   (goal {GOAL_PAGE} s)")


def _python() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _help() -> None:
    subprocess.run([sys.executable, "-m", "quizapp", "--help"], check=True, capture_output=True)


def _first_page() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "quizapp", "run", "--port", "0", "--data", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:  # noqa: S603 -- as above
            assert program.stdout is not None  # noqa: S101 -- it is piped
            line = next(line for line in program.stdout if line.startswith("address"))
            with urlopen(line.split()[1]) as answer:  # noqa: S310 -- the program's own address
                answer.read()
            program.kill()


if __name__ == "__main__":
    main()
