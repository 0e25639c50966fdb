"""What school staff wrote down, as one file, and back again."""
