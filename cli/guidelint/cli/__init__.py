"""The program: ways in for people and for CI."""
