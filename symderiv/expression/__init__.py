"""What was written: the tree, what its names stand for, how it is built, and how it is printed."""
