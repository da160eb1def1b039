"""What we say: pages, rules, approval, and the wiring of the whole site."""
