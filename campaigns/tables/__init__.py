"""Clippings and figures brought in as a table: read, checked cell by cell, landed once however often it is brought.

``table`` says what a table holds, ``checking`` looks at every cell, ``landing`` writes what nothing is wrong with.
"""
