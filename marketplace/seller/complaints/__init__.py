"""What staff asked a seller after a complaint."""
