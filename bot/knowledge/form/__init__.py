"""The one form of the files of a knowledge folder, and how a file is brought into it."""
