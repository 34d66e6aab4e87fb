"""Text to bank: reading, overlays, plans and writing lints."""
