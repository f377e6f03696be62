"""Does one cost grow no faster than another? Decided exactly, for variables that grow independently."""
