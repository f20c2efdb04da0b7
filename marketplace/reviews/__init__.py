"""What buyers say about goods they have received, what sellers answer, and what staff hide."""
