"""The torch module behind `lstm_lib.training.sequences.build`."""

import torch


class SequenceNetwork(torch.nn.Module):
    """Embedding (or None), one recurrent layer, dropout, linear read-out; read: "last", "every" or "mean"."""

    def __init__(self, embedding, recurrent, dropout, readout, read):
        super().__init__()
        self.embedding, self.recurrent, self.dropout, self.readout = embedding, recurrent, dropout, readout
        self.read = read

    def forward(self, inputs, lengths=None):
        """inputs (n, T, I) or tokens (n, T), lengths (n,) or None for T: outputs (n, K) or (n, T, K)."""
        x = inputs if self.embedding is None else self.embedding(inputs)
        hidden = self._hidden(x, lengths)
        if self.read == "every":
            return self.readout(self.dropout(hidden))
        if lengths is None:
            lengths = torch.full((len(x),), x.shape[1])
        if self.read == "mean":
            inside = torch.arange(x.shape[1])[None] < lengths[:, None]
            state = (hidden * inside[..., None]).sum(1) / lengths[:, None]
        else:
            state = hidden[torch.arange(len(x)), lengths - 1]
            if self.recurrent.bidirectional:  # the way back ends at the first step
                half = self.recurrent.hidden_size
                state = torch.cat([state[:, :half], hidden[:, 0, half:]], dim=1)
        return self.readout(self.dropout(state))

    def _hidden(self, x, lengths):
        if lengths is None or not self.recurrent.bidirectional:
            return self.recurrent(x)[0]  # what follows the end changes nothing before it
        rnn = torch.nn.utils.rnn
        packed = rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return rnn.pad_packed_sequence(self.recurrent(packed)[0], batch_first=True, total_length=x.shape[1])[
            0
        ]
