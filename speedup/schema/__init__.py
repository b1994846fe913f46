"""Says what the rows of the tables hold, and what input may be."""
