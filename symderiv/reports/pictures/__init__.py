"""Pictures on sheets: a window on a convolution's input, a computational graph, ReLU and its derivative."""
