"""The sections of a knowledge file: one module builds the facts of one section."""
