"""Bank and chance to item; item and answer to marks."""
