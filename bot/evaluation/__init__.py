"""Labelled questions answered and judged."""
