"""Matching: a Question goes in, a Decision comes out."""
