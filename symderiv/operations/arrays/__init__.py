"""Numbers, vectors, matrices and tensors: arithmetic, functions of entries, products, reductions, joints."""
