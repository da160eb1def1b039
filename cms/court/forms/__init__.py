"""The form *Indberet en dom*: one page, filled in with one hand, saved as a whole at each change."""
