"""Reviews to the numbers of a page."""
