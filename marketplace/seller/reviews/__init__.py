"""What buyers said of a seller's goods, and her answers."""
