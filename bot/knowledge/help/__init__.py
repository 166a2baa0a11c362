"""What is written beside the help entries: numbers to call, and what somebody in danger is told next."""
