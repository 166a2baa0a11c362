"""Hearing a person in danger, before any search."""
