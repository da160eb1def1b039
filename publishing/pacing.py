"""Rate limits, gaps and quiet hours."""
