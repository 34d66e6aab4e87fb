"""The site as a process of its own: `python serve.py PORT`, settings from the environment."""

import sys

from waitress.server import create_server

from quizapp.app import create_app

THREADS = 8


def main() -> None:
    """Serve until the process is ended; the first line written is the port."""
    server = create_server(create_app(), host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS, ident="")
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
