"""The door of the webhook and the health address: who may come in, and how much they may bring."""
