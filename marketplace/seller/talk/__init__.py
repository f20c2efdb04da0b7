"""What a seller answers buyers: messages and public questions."""
