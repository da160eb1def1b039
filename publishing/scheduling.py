"""The only way in from above."""
