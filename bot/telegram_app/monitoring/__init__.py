"""What the operator can see of the running bot: its log, its numbers, its health."""
