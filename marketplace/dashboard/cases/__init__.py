"""Cases that buyers and sellers could not settle: staff decide."""
