"""HTTP in and out, one blueprint a module."""
