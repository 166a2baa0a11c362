"""Rules of a conversation: each is a function from what is said to a decision, or None where it has none."""
