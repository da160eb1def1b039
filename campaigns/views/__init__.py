"""Pages of strategy and coverage in the admin."""
