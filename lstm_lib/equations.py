"""The LSTM cell, forward and backward, one line of code for each line of mathematics.

Written to be read next to the equations: every quantity has a line of its own, under its own name. One
sequence, float64, no shortcuts; `lstm_lib.cells` and `lstm_lib.bptt` compute the same, faster.

    x (I,)    h, c, the gates i, f, o, the candidate g and the sums a_i, a_f, a_g, a_o inside them (H,)
    W_i (H, I)    U_i (H, H)    b_i (H,)    and so for f, g, o

dz stands for the total derivative dL/dz of the loss, with the shape of z. Products written * are element by
element, those written @ are of matrices.

Sources: the cell with a forget gate, Gers, Schmidhuber & Cummins (2000); backpropagation through time,
Werbos (1990).
"""

from types import SimpleNamespace

from numpy import outer, split, tanh, zeros


def sigmoid(a):
    """1 / (1 + exp(-a)), written so that no exponential can overflow."""
    return 0.5 + 0.5 * tanh(a / 2)


def blocks(network):
    """The weights of an lstm_lib.LSTM by name, W_i ... b_o; torch's two biases are added up."""
    W = dict(zip(("W_i", "W_f", "W_g", "W_o"), split(network.weight_ih, 4), strict=True))
    U = dict(zip(("U_i", "U_f", "U_g", "U_o"), split(network.weight_hh, 4), strict=True))
    b = dict(zip(("b_i", "b_f", "b_g", "b_o"), split(network.bias_ih + network.bias_hh, 4), strict=True))
    return SimpleNamespace(**W, **U, **b)


def step(w, x, h_before, c_before):
    """One step forward, from h_(t-1) and c_(t-1). Returns every quantity of the step by name."""
    a_i = w.W_i @ x + w.U_i @ h_before + w.b_i
    a_f = w.W_f @ x + w.U_f @ h_before + w.b_f
    a_g = w.W_g @ x + w.U_g @ h_before + w.b_g
    a_o = w.W_o @ x + w.U_o @ h_before + w.b_o
    i = sigmoid(a_i)
    f = sigmoid(a_f)
    g = tanh(a_g)
    o = sigmoid(a_o)
    c = f * c_before + i * g
    h = o * tanh(c)
    return SimpleNamespace(x=x, h_before=h_before, c_before=c_before, a_i=a_i, a_f=a_f, a_g=a_g, a_o=a_o,
                           i=i, f=f, g=g, o=o, c=c, h=h)


def step_back(w, s, dh, dc):
    """One step back through s, a step that went forward. Returns every derivative of the step by name.

    dh is the total dL/dh_t. dc is what reaches c_t without passing through h_t: f_(t+1) dL/dc_(t+1), and the
    loss's own derivative if it reads the cells. dW_i ... db_o are this step's contributions to the weights.
    """
    x, h_before, c_before, i, f, g, o, c = s.x, s.h_before, s.c_before, s.i, s.f, s.g, s.o, s.c
    da_o = dh * tanh(c) * o * (1 - o)
    dc = dc + dh * o * (1 - tanh(c)**2)
    da_i = dc * g * i * (1 - i)
    da_f = dc * c_before * f * (1 - f)
    da_g = dc * i * (1 - g**2)
    dc_before = dc * f
    dh_before = w.U_i.T @ da_i + w.U_f.T @ da_f + w.U_g.T @ da_g + w.U_o.T @ da_o
    dx = w.W_i.T @ da_i + w.W_f.T @ da_f + w.W_g.T @ da_g + w.W_o.T @ da_o
    dW_i = outer(da_i, x)
    dW_f = outer(da_f, x)
    dW_g = outer(da_g, x)
    dW_o = outer(da_o, x)
    dU_i = outer(da_i, h_before)
    dU_f = outer(da_f, h_before)
    dU_g = outer(da_g, h_before)
    dU_o = outer(da_o, h_before)
    db_i = da_i
    db_f = da_f
    db_g = da_g
    db_o = da_o
    return SimpleNamespace(dh=dh, dc=dc, da_i=da_i, da_f=da_f, da_g=da_g, da_o=da_o, dx=dx,
                           dh_before=dh_before, dc_before=dc_before,
                           dW_i=dW_i, dW_f=dW_f, dW_g=dW_g, dW_o=dW_o,
                           dU_i=dU_i, dU_f=dU_f, dU_g=dU_g, dU_o=dU_o,
                           db_i=db_i, db_f=db_f, db_g=db_g, db_o=db_o)


def forward(w, x, h0=None, c0=None):
    """Read a sequence x (T, I) from h0 and c0, zeros if None. Returns the list of the T steps."""
    h = zeros(len(w.b_i)) if h0 is None else h0
    c = zeros(len(w.b_i)) if c0 is None else c0
    steps = []
    for x_t in x:
        steps.append(step(w, x_t, h, c))
        h, c = steps[-1].h, steps[-1].c
    return steps


def backward(w, steps, d_hidden, d_cell=None):
    """Back through all steps. d_hidden (T, H) is the loss's own derivative with respect to h_t, before any
    later step adds to it; d_cell, with respect to c_t, zeros if None.

    Returns the list of the T steps back, and the gradients of the weights: dW_i ... db_o, each the sum of its
    contributions over the steps.
    """
    d_cell = zeros(d_hidden.shape) if d_cell is None else d_cell
    back = []
    from_h = from_c = 0                     # what step t + 1 sends back; after the last step there is none
    for s, direct_h, direct_c in zip(reversed(steps), d_hidden[::-1], d_cell[::-1], strict=True):
        back.insert(0, step_back(w, s, dh=direct_h + from_h, dc=direct_c + from_c))
        from_h, from_c = back[0].dh_before, back[0].dc_before
    weights = {name: sum(getattr(b, name) for b in back) for name in WEIGHT_GRADIENTS}
    return back, SimpleNamespace(**weights)


WEIGHT_GRADIENTS = ("dW_i", "dW_f", "dW_g", "dW_o", "dU_i", "dU_f", "dU_g", "dU_o",
                    "db_i", "db_f", "db_g", "db_o")
