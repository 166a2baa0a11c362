"""What a message asks of what it names, and how it hangs on what was said just before."""
