"""The newsroom as feeds: RSS 2.0, Atom and JSON Feed 1.1, of everything and of one focus area."""
