"""Answer over HTTP while the server is killed again and again, then audit what it kept.

It uses the tests' learners: `PYTHONPATH=tests python benchmarks/soak.py --answers 20000 --kills 33`. For PostgreSQL
`--database URL` names an empty database.
"""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from reliability.crowd import Crowd, audit, crowd, furnish
from reliability.server import Server, running
from sqlalchemy import URL, make_url

from quizapp.store.engine import make_engine
from quizapp.store.schema import upgrade

SHOWN = 20


def main() -> int:
    """Read the options, soak, print; exit status 1 if anything was lost, doubled or drifted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=2000, help="answers of all clients together")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--kills", type=int, default=5, help="kill -9 of the server, at random moments")
    parser.add_argument("--resends", type=float, default=0.05, help="share of the answers that are sent again")
    parser.add_argument("--database", help="address of an empty database; default: a SQLite file")
    parser.add_argument("--folder", type=Path, help="where the files lie; default: a temporary folder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quizapp-soak-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        url = prepared(options.database, folder, options.clients)
        people = crowd(0, options.clients, seed=options.seed, resends=options.resends)
        with running(folder, url) as server:
            began = time.perf_counter()
            soak(people, server, options.answers, options.kills, Random(options.seed))
            seconds = time.perf_counter() - began
            wrong = audit(url, people.receipts)
    report(people, server, seconds, wrong)
    return 1 if wrong else 0


def prepared(database: str | None, folder: Path, learners: int) -> URL:
    """Make a furnished database."""
    path = folder / "quizapp.sqlite3"
    url = make_url(database) if database else URL.create("sqlite", database=str(path))
    engine = make_engine(url)
    upgrade(engine, backup_to=None)
    engine.dispose()
    furnish(url, learners)
    return url


def soak(people: Crowd, server: Server, answers: int, kills: int, chance: Random) -> None:
    """Let everybody answer; the server dies whenever another random share of the answers is given."""
    for learner in people.learners:
        learner.visit.port = server.port
    share = answers // len(people.learners)
    moments = sorted(chance.uniform(0.02, 0.95) for _ in range(kills))
    with people.at_work(share) as work:
        for moment in moments:
            while len(people.receipts) < moment * share * len(people.learners) and not any(
                each.done() for each in work
            ):
                time.sleep(0.01)
            server.kill()
            server.start()


def report(people: Crowd, server: Server, seconds: float, wrong: list[str]) -> None:
    """Print what was measured."""
    waits = sorted(wait for learner in people.learners for wait in learner.waits)
    print("| answers | clients | kills | seconds | answers a second | p50 ms | p99 ms | longest s | wrong |")
    print("|---|---|---|---|---|---|---|---|---|")
    print(
        f"| {len(waits):,} | {len(people.learners)} | {server.starts - 1} | {seconds:.1f} | {len(waits) / seconds:.1f} "
        f"| {1000 * waits[len(waits) // 2]:.0f} | {1000 * waits[len(waits) * 99 // 100]:.0f} | {waits[-1]:.2f} "
        f"| {len(wrong)} |"
    )
    for line in wrong[:SHOWN]:
        print(line)


if __name__ == "__main__":
    raise SystemExit(main())
