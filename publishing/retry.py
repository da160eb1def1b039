"""When to try again, or never. Pure."""
