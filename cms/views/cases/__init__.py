"""The pages of a case: for its own prosecutors, and what they ask of editors."""
