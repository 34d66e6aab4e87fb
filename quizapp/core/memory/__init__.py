"""Memory and evidence and time to memory."""
