"""Plan, strategy and coverage in the admin. Views read the database; only workers touch the network."""
