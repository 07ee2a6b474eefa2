"""Grading: one submission at a bench, and a whole class over many benches."""
