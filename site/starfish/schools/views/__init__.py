"""Pages of school staff, a module for each place."""
