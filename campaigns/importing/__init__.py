"""A plan from a file: read, columns understood, every row checked, and only then brought in as drafts and slots.

    reading -> columns -> checking -> landing

Nothing is scheduled here: what lands waits for its text and its approval like everything else.
"""
