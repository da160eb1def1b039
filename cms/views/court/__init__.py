"""The prosecutor's desk in the admin: made for a telephone, and closed to everybody else."""
