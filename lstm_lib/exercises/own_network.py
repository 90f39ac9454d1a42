"""What the exercises that ask for a network of the reader's own have in common."""

from lstm_lib import convert


def received(given, kinds, size, wrong_kind, wrong_size):
    """The reader's network, lstm_lib's or torch's, and what is said if it is not the one that was asked for.

    kinds: the accepted values of `network.kind`; size: (inputs, units). wrong_kind(kind=...) and
    wrong_size(inputs=..., units=...) give the words. Returns (network, None), or (what was given, words).
    """
    net = convert.from_torch(given) if hasattr(given, "state_dict") else given
    if getattr(net, "kind", None) not in kinds:
        return net, wrong_kind(kind=type(net).__name__)
    if (net.input_size, net.hidden_size) != size:
        return net, wrong_size(inputs=net.input_size, units=net.hidden_size)
    return net, None
