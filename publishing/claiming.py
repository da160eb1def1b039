"""Claim a batch of due rows, with leases and fences."""
