"""Layers, losses and array functions of deep-learning libraries that have another name here, or none.

As unknown functions they would differ from what they mean: ``scaled_dot_product_attention(Q, K, V)`` from
``attention(Q, K, V)``.
"""

from __future__ import annotations

_NO_FORMULA = "write the formula that is meant, case by case"

_MEAN = "write mean(X, axis=(1, 2)) for one number a channel, else avg_pool2d with its kernel_size"

_MAX = "write max(X, axis=(1, 2)) for one number a channel, else max_pool2d with its kernel_size"

_CLASSES = {
    "Conv1d": "conv1d(X, K)",
    "Conv2d": "conv2d(X, K)",
    "Conv3d": "conv3d(X, K)",
    "ConvTranspose1d": "conv_transpose1d(X, K)",
    "ConvTranspose2d": "conv_transpose2d(X, K)",
    "ConvTranspose3d": "conv_transpose3d(X, K)",
    "Linear": "linear(X, W, b)",
    "Dense": "linear(X, W, b)",
    "MaxPool1d": "max_pool1d(X, 2)",
    "MaxPool2d": "max_pool2d(X, 2)",
    "MaxPool3d": "max_pool3d(X, 2)",
    "AvgPool1d": "avg_pool1d(X, 2)",
    "AvgPool2d": "avg_pool2d(X, 2)",
    "AvgPool3d": "avg_pool3d(X, 2)",
    "LPPool1d": "lp_pool1d(X, 2, 2)",
    "LPPool2d": "lp_pool2d(X, 2, 2)",
    "BatchNorm1d": "batch_norm(X, gamma, beta)",
    "BatchNorm2d": "batch_norm(X, gamma, beta)",
    "BatchNorm3d": "batch_norm(X, gamma, beta)",
    "LayerNorm": "layer_norm(X, gamma, beta)",
    "RMSNorm": "rms_norm(X, gamma)",
    "Flatten": "flatten(X)",
    "Dropout": "dropout(x, mask, p=1/2)",
    "Embedding": "embedding(W, i)",
    "RNNCell": "rnn_cell(x, h, W, U, b)",
    "LSTMCell": "lstm_cell(x, h, c, W, U, b)",
    "GRUCell": "gru_cell(x, h, W, U, b)",
    "Softmax": "softmax(x)",
    "LogSoftmax": "log_softmax(x)",
    "Sigmoid": "sigmoid(x)",
    "LeakyReLU": "leaky_relu(x, negative_slope=1/100)",
    "Softplus": "softplus(x)",
    "CrossEntropyLoss": "cross_entropy(z, t)",
    "MSELoss": "mse(y, t)",
    "L1Loss": "mae(y, t)",
    "SmoothL1Loss": "smooth_l1(y, t)",
    "HuberLoss": "huber(y, t)",
    "BCELoss": "binary_cross_entropy(p, t)",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits(z, t)",
    "KLDivLoss": "kl_divergence(p, q)",
    "NLLLoss": "cross_entropy(z, t), or -log(p[c])",
    "MultiheadAttention": "attention(Q, K, V) for each head",
}

KNOWN_LAYERS: dict[str, str] = {
    **{name: f"write {call}" for name, call in _CLASSES.items()},
    **dict.fromkeys("adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d".split(), _MEAN),
    **dict.fromkeys("global_avg_pool global_avg_pool2d global_average_pooling gap".split(), _MEAN),
    **dict.fromkeys("adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d".split(), _MAX),
    **dict.fromkeys("global_max_pool global_max_pool2d global_max_pooling".split(), _MAX),
    "scaled_dot_product_attention": "write attention(Q, K, V)",
    "multi_head_attention": "write attention(Q, K, V) for each head",
    "multi_head_attention_forward": "write attention(Q, K, V) for each head",
    "instance_norm": "write batch_norm(X, axis=(2, 3)) for the last axes of a batch",
    "group_norm": "write batch_norm(reshape(X, B, G, C/G, H, W), axis=(2, 3, 4)), in the shape of X again",
    "normalize": "write x/norm(x)",
    "bilinear": "write sum(A[k,i,j]*x[i]*y[j], …), or x.T*A*y for one output",
    "dropout1d": "write dropout(x, mask, p=1/2)",
    "dropout2d": "write dropout(X, mask, p=1/2)",
    "dropout3d": "write dropout(X, mask, p=1/2)",
    "pairwise_distance": "write norm(x - y)",
    "cdist": "write norm(X[i] - Y[j]) for its entry i, j",
    "zero_pad2d": "write pad(X, 1)",
    "constant_pad_nd": "write pad(X, 1)",
    # losses
    "triplet_margin_loss": "write max(0, norm(a - p) - norm(a - n) + m)",
    "margin_ranking_loss": "write mean(max(0, m - t*(a - b)))",
    "hinge_embedding_loss": "write x if t == 1 else max(0, m - x)",
    "hinge_loss": "write hinge(s, t)",
    "multi_margin_loss": "write sum(max(0, m - s[c] + s[i]), …)/n over i ≠ c",
    "soft_margin_loss": "write mean(softplus(-hadamard(t, s)))",
    "logistic_loss": "write mean(softplus(-hadamard(t, s)))",
    "multilabel_soft_margin_loss": "write binary_cross_entropy_with_logits(z, t)",
    "cosine_embedding_loss": "write 1 - dot(a, b)/(norm(a)*norm(b)) for a pair that belongs together",
    "poisson_nll_loss": "write mean(exp(z) - hadamard(t, z))",
    "gaussian_nll_loss": "write mean(log(v) + hadamard(y - t, y - t)/v)/2",
    "kl_loss": "write kl_divergence(p, q)",
    "contrastive_loss": "write t*d^2/2 + (1 - t)*max(0, m - d)^2/2",
    "dice_loss": "write 1 - 2*sum(hadamard(p, t))/(sum(p) + sum(t))",
    "info_nce": "write cross_entropy(S, eye(n)) of the similarities S",
    "softmax_cross_entropy": "write cross_entropy(z, t)",
    "softmax_cross_entropy_with_logits": "write cross_entropy(z, t)",
    "sparse_softmax_cross_entropy_with_logits": "write cross_entropy(z, c)",
    "sigmoid_cross_entropy_with_logits": "write binary_cross_entropy_with_logits(z, t)",
    "sigmoid_binary_cross_entropy": "write binary_cross_entropy_with_logits(z, t)",
    "binary_crossentropy": "write binary_cross_entropy(p, t)",
    "categorical_crossentropy": "write categorical_cross_entropy(p, t)",
    "sparse_categorical_crossentropy": "write -log(p[c])",
    # arrays
    "mm": "write A*B",
    "bmm": "write A @ B",
    "mv": "write A*x",
    "addmm": "write C + A*B",
    "addmv": "write b + A*x",
    "baddbmm": "write C + A @ B",
    "chain_matmul": "write A*B*C",
    "multi_dot": "write A*B*C",
    "matrix_power": "write A^n",
    "logdet": "write log(det(A))",
    "slogdet": "write log(abs(det(A)))",
    "frobenius_norm": "write norm(A)",
    "vector_norm": "write norm(x)",
    "matrix_norm": "write norm(A)",
    "pinverse": "write inv(A.T*A)*A.T",
    "vecdot": "write dot(x, y)",
    "amax": "write max(X, axis=0)",
    "amin": "write min(X, axis=0)",
    "ravel": "write flatten(X)",
    "swapaxes": "write X.T for a matrix",
    "permute": "write X.T for a matrix, else the formula of the entries",
    "column_stack": "write concat(A, B, axis=1)",
    "row_stack": "write concat(A, B)",
    "zeros_like": "write zeros(n, m) with the sizes",
    "ones_like": "write ones(n, m) with the sizes",
    "full_like": "write c*ones(n, m) with the sizes",
    "diagonal": "write diag(A)",
    "diag_embed": "write diag(x)",
    "flipud": "write flip(X, axis=0)",
    "fliplr": "write flip(X, axis=1)",
    "rsqrt": "write 1/sqrt(x)",
    "logaddexp2": "write log2(2^x + 2^y)",
    "deg2rad": "write pi*x/180",
    "rad2deg": "write 180*x/pi",
    "greater": "write x > y",
    "greater_equal": "write x >= y",
    "less": "write x < y",
    "less_equal": "write x <= y",
    "not_equal": "write x != y",
    "logical_and": "write a and b",
    "logical_or": "write a or b",
    "logical_not": "write not a",
    "logical_xor": "write (a and not b) or (b and not a)",
    **dict.fromkeys(
        "std_mean var_mean aminmax cummax cummin logcumsumexp msort kthvalue".split(), _NO_FORMULA
    ),
    **dict.fromkeys(
        "fold interpolate grid_sample affine_grid pixel_shuffle pixel_unshuffle".split(), _NO_FORMULA
    ),
    **dict.fromkeys(
        "channel_shuffle local_response_norm gumbel_softmax ctc_loss rrelu pdist".split(), _NO_FORMULA
    ),
    **dict.fromkeys(
        "max_unpool1d max_unpool2d max_unpool3d embedding_bag alpha_dropout".split(), _NO_FORMULA
    ),
    **dict.fromkeys(
        "broadcast_to tile repeat_interleave unsqueeze squeeze moveaxis rot90".split(), _NO_FORMULA
    ),
    **dict.fromkeys(
        "gather scatter_add index_select masked_fill masked_select tensordot".split(), _NO_FORMULA
    ),
    **dict.fromkeys("matrix_exp matrix_rank nansum nanmean copysign".split(), _NO_FORMULA),
}
"""Their names, and what to write instead."""
