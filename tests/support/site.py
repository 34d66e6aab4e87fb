"""The site as tests see it: the application and the database behind it."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from support.caller import Caller
from support.cast import Cast
from support.lessons import Lesson

from quizapp.config import Config

on_both_databases = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@dataclass
class Site:
    """The application, and the database behind it as the tests see it."""

    app: Flask
    config: Config
    session: Session
    cast: Cast
    lesson: Lesson

    def caller(self, address: str = "192.0.2.1") -> Caller:
        """Give a browser that nobody is logged in with."""
        return Caller(self.app.test_client(), address)

    def logged_in(self, name: str) -> Caller:
        """Give the browser of one of the cast."""
        caller = self.caller()
        assert caller.log_in(f"{name}@example.org").status_code == 303
        return caller
