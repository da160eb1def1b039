"""The duty desk in the admin. Views read the database and enqueue; only workers touch the network."""
