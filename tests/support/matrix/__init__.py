"""Who may do what: one row for each route and method, and the stage on which the rows are tried."""

from support.matrix.courses import COURSES
from support.matrix.learning import LEARNING
from support.matrix.results import RESULTS
from support.matrix.rows import EVERYBODY, STRANGER, Access, Person, Row
from support.matrix.site import SITE
from support.matrix.stage import Stage, set_stage
from support.matrix.workshop import WORKSHOP

__all__ = ["EVERYBODY", "ROWS", "STRANGER", "Access", "Person", "Row", "Stage", "set_stage"]

ROWS: tuple[Row, ...] = (*LEARNING, *COURSES, *RESULTS, *WORKSHOP, *SITE)
"""The whole table."""
