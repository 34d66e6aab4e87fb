"""Quizzes and flashcards from plain-text knowledge files, with one honest memory per fact."""
