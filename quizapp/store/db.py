"""The Flask-SQLAlchemy object: sessions that live as long as a request."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from quizapp.store.engine import absolute, engine_options, listen
from quizapp.store.models import Base

db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})


def init_app(app: Flask, url: str) -> None:
    """Bind the app to the database at `url`, opened exactly as `make_engine` opens it."""
    address = absolute(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = address
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(address)
    db.init_app(app)
    with app.app_context():
        listen(db.engine)
