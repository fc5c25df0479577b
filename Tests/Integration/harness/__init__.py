"""What the tests of the whole stack stand on: the shipped binaries, a real pcscd, a real browser."""
