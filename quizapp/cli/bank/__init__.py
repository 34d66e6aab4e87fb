"""`quizapp bank`: knowledge files on the command line; only `add` and `sync` need a database."""

from quizapp.cli.lazy import Later, LazyGroup

command = LazyGroup(
    "bank",
    help="Check, compare, list and publish knowledge files.",
    later={
        "check": Later("quizapp.cli.bank.check", "Tell every problem of knowledge files, with place and remedy."),
        "plan": Later("quizapp.cli.bank.plan", "Tell what a new version of a bank does to memories."),
        "facts": Later("quizapp.cli.bank.facts", "List the facts of knowledge files."),
        "items": Later("quizapp.cli.bank.items", "Make items from knowledge files and judge each by the rules."),
        "add": Later("quizapp.cli.bank.add", "Publish knowledge files into the database."),
        "sync": Later("quizapp.cli.bank.sync", "Publish what changed in a folder of knowledge files."),
    },
)
