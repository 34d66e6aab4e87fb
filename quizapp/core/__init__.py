"""Reading, asking, grading and remembering as values and functions: no framework, no clock, no dice."""
