"""What is said about entries: cards, direct answers, lists and comparisons."""
