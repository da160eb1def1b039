"""Why and when: strategy, campaigns, placements, calendar and coverage."""
