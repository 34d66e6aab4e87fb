"""Laws are checked without a stopwatch: a busy machine is no broken law."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
