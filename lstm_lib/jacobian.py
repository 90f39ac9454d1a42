"""One step's Jacobian: how the state after a step answers to the state before it.

J[p, q] = ∂s_t[p]/∂s_(t-1)[q], where the state s is all that a step hands to the next one: h in an RNN and a
GRU, and h and c side by side in an LSTM, so that J is (2H, 2H) there. The gradient goes back by its
transpose, dL/ds_(t-1) = J^T dL/ds_t (+ direct), so J is the factor that is compared with 1 (Pascanu, Mikolov
& Bengio, 2013, section 2.1); the product of the J of several steps is the Jacobian over all of them.

In an LSTM dL/ds_t treats h_t and c_t as two variables: its c part lacks what c_t does through h_t of the same
step, o_t tanh'(c_t) dL/dh_t, which the total dL/dc_t of `trace.backward` has.

These functions take a checked step; `trace.jacobian(step)` calls them.
"""

import numpy as np


def rnn_jacobian(trace, t):
    """J = diag(phi'(a_t)) U, (H, H) or (B, H, H)."""
    return slope(trace)[t][..., None] * trace.network.weight_hh


def lstm_jacobian(trace, t):
    """J of (h, c), (2H, 2H) or (B, 2H, 2H), in blocks (' is the derivative, k a cell_factor, else 1):

        ∂c_t/∂c_(t-1) = diag(k f_t)
        ∂c_t/∂h_(t-1) = k (diag(c_(t-1) f') U_f + diag(g_t i') U_i + diag(i_t g') U_g)
        ∂h_t/∂c_(t-1) = diag(o_t tanh'(c_t)) ∂c_t/∂c_(t-1)
        ∂h_t/∂h_(t-1) = diag(o_t tanh'(c_t)) ∂c_t/∂h_(t-1) + diag(tanh(c_t) o') U_o
    """
    H = trace.network.hidden_size
    U_i, U_f, U_g, U_o = trace.network.weight_hh.reshape(4, H, H)
    i, f, g, o = (gate[t][..., None] for gate in
                  (trace.input_gate, trace.forget_gate, trace.candidate, trace.output_gate))
    before = (trace.cell[t - 1] if t else trace.c0)[..., None]
    tanh_c = np.tanh(trace.cell[t])[..., None]
    k = 1.0 if trace.cell_factor is None else trace.cell_factor[t][..., None]
    h_by_c = o * (1 - tanh_c**2)

    c_by_c = np.broadcast_to(k * f, i.shape) * np.eye(H)
    c_by_h = k * (before * f * (1 - f) * U_f + g * i * (1 - i) * U_i + i * (1 - g**2) * U_g)
    h_by_h = h_by_c * c_by_h + tanh_c * o * (1 - o) * U_o
    return np.concatenate([np.concatenate([h_by_h, h_by_c * c_by_c], -1),
                           np.concatenate([c_by_h, c_by_c], -1)], -2)


def gru_jacobian(trace, t):
    """J = diag(z) + diag((h_(t-1) - n) z') U_z + diag((1 - z) n') (diag(r) U_n + diag(m r') U_r), with
    m = U_n h_(t-1) + b'_n; (H, H) or (B, H, H)."""
    H = trace.network.hidden_size
    U_r, U_z, U_n = trace.network.weight_hh.reshape(3, H, H)
    before = trace.hidden[t - 1] if t else trace.h0
    r, z, n, m, h = (array[..., None] for array in (trace.reset_gate[t], trace.update_gate[t],
                                                    trace.candidate[t], trace.recurrent[t], before))
    n_by_h = (1 - n**2) * (r * U_n + m * r * (1 - r) * U_r)
    return z * np.eye(H) + (h - n) * z * (1 - z) * U_z + (1 - z) * n_by_h


def slope(trace):
    """phi'(a_t) of an RNN's units, like `trace.hidden`: 1 - h² for tanh; for relu 1 where h > 0, else 0."""
    h = trace.hidden
    return 1 - h * h if trace.network.nonlinearity == "tanh" else (h > 0).astype(float)
