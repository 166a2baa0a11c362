"""Editions: compile a knowledge folder, check it, keep the current one and swap it."""
