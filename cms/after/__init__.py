"""After the sending: reviews, the end of a text's time, possible errors, corrections, and the export of all of it."""
