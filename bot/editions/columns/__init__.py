"""Compiled things as plain columns of numbers and texts, and back."""
