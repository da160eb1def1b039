"""The public site beside its pages; in the admin, writing and approving. Only workers touch the network."""
