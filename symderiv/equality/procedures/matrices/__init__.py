"""Products of matrices as words in letters, and what inverses and facts say of them."""
