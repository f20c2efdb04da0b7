"""Background work that failed, for operators."""
