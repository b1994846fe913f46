"""Elementary functions, random numbers and statistics, as kernels."""
