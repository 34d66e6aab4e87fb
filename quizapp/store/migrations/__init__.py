"""The migration history, run by `quizapp.store.schema`."""
