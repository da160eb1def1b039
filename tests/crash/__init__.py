"""Real worker processes, killed with SIGKILL. Nothing may be lost, nothing may be doubled."""
