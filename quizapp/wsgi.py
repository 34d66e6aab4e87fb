"""The application for a WSGI server: `gunicorn quizapp.wsgi:app`."""

from quizapp.app import create_app

app = create_app()
