"""Sets of integer points, which indices range over: as affine forms say them, as isl compares them."""
