"""Begin, send, settle: readable on one screen."""
