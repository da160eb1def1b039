"""The live feed: what our own live site and a press wire take from us, and how they are told of a change.

* ``items``     an item is written, replaced, withdrawn; an embargo ends
* ``asking``    which items somebody may see: a page of them, or what changed since a number or a moment
* ``articles`` ``json_feed`` ``atom``   the same items as three documents
* ``hub``       WebSub: whoever wants to be pushed to is asked first
* ``pushing``   what a subscriber has not taken yet is pushed until it takes it, or its time is over
"""
