"""What people type to be known, by subject."""
