"""The command line: `quizapp run`, and the groups bank, user, db and data."""

import click

from quizapp.cli.lazy import Later, Program

main = Program(
    "quizapp",
    help="Quizzes and flashcards from plain-text knowledge files, with one honest memory per fact.",
    later={
        "run": Later("quizapp.cli.run", "Serve the program; --demo shows it with a class of learners."),
        "bank": Later("quizapp.cli.bank", "Check, compare, list and publish knowledge files."),
        "user": Later("quizapp.cli.user", "Make accounts, list them, change roles and passwords."),
        "db": Later("quizapp.cli.db", "Bring the database to the schema of this program."),
        "data": Later("quizapp.cli.data", "Back up, restore, verify and rebuild what is kept; keep house."),
    },
)
main = click.version_option(package_name="quizapp", prog_name="quizapp")(main)
