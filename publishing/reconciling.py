"""Find out what became of uncertain and orphaned deliveries."""
