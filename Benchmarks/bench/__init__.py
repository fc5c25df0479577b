"""The benchmarks of OneCard: shipped binaries and C reference programs, measured in turns in one run."""
