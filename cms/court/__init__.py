"""The prosecutor's desk: cases, reports of judgments, restrictions, appeals.

Two halves that meet in one place. *Internal* is everything in ``cms.court.models``: it stays in tables of its own,
which no page, revision, message, template or feed can reach. *Public* is ``cms.court.facts.Facts``: the only thing
that ``cms.court.publicity`` lets out, the only thing that sentences are made of, and what a CourtResult keeps.
"""
