"""A stream: the LSTM and the attention block are what they say, keep what they say, and what was recorded."""

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import results, streaming
from lstm_lib.results.areas import streaming as area


def test_the_stream_is_the_books_lstm():
    stream = streaming.LstmStream(width=5, seed=1)
    rows = np.arange(20).reshape(4, 5)[[1, 0, 3, 2]].ravel()  # torch's order of the gates
    same = ll.LSTM(
        weight_ih=stream.weight[rows, :5], weight_hh=stream.weight[rows, 5:],
        bias_ih=stream.bias[0, rows], bias_hh=stream.bias[1, rows],
    )  # fmt: skip
    x = np.random.default_rng(0).standard_normal((30, 5))
    read = np.array([stream.step(each.astype(np.float32)) for each in x])
    np.testing.assert_allclose(read, same.forward(x).hidden, atol=1e-5)


def test_reading_with_a_cache_is_causal_attention_over_the_whole_text():
    import torch

    stream = streaming.AttentionStream(width=8, heads=2, longest=20, seed=1)
    x = np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)
    read = np.array([stream.step(each) for each in x])
    linear = torch.nn.functional.linear
    q, w, v, n = (torch.from_numpy(a) for a in (stream.queries, stream.wide, stream.narrow, stream.mix))
    given = torch.from_numpy(x)
    normed = torch.nn.functional.layer_norm(given, (8,))
    parts = linear(normed, q[:, :-1], q[:, -1]).view(20, 3, 2, 4).permute(1, 2, 0, 3)
    mixed = torch.nn.functional.scaled_dot_product_attention(*parts, is_causal=True)
    y = given + linear(mixed.transpose(0, 1).reshape(20, 8), n[:, :-1], n[:, -1])
    inner = torch.relu(linear(torch.nn.functional.layer_norm(y, (8,)), w[:, :-1], w[:, -1]))
    np.testing.assert_allclose(read, y + linear(inner, v[:, :-1], v[:, -1]), atol=1e-5)
    assert stream.kept(20) == stream.keys.size + stream.values.size
    with pytest.raises(ValueError, match="room for 20 symbols"):
        stream.step(x[0])


def test_equally_large_and_recorded_as_counted():
    lstm, attention = streaming.LstmStream(), streaming.AttentionStream()
    assert attention.parameters == pytest.approx(lstm.parameters, rel=0.005)
    for name, stream in (("lstm", lstm), ("attention", attention)):
        (run,) = results.load().select("streaming", "story", name)
        assert run.parameters == stream.parameters
        assert run.detail["kept"] == [stream.kept(n) for n in run.detail["positions"]]
        assert run.detail["multiplications"] == [stream.multiplications(n) for n in run.detail["positions"]]
    last = [results.load().mean("streaming", name, "kept", stage="story") for name in ("attention", "lstm")]
    assert last[0] == 4096 * last[1]


def test_one_more_symbol_costs_attention_more_the_later_it_comes_and_an_lstm_always_the_same():
    recorded = {name: results.load().select("streaming", "story", name)[0] for name in streaming.STREAMS}
    times = {name: run.detail["microseconds"] for name, run in recorded.items()}
    assert times["attention"][-1] > 1.5 * times["attention"][0]
    assert max(times["lstm"]) < 1.5 * min(times["lstm"])


def test_the_encoder_sees_no_padding_and_is_as_large_as_the_lstm():
    import torch

    from lstm_lib.training import transformer

    net = transformer.Encoder(3, 2, 16, 4, 22, seed=0)
    x = torch.randn(2, 9, 3, generator=torch.Generator().manual_seed(0))
    lengths = torch.tensor([9, 5])
    changed = x.clone()
    changed[1, 5:] = 7
    assert torch.equal(net(x, lengths), net(changed, lengths))
    assert not torch.allclose(net(x, lengths)[1], net(x[:, [1, 0, *range(2, 9)]], lengths)[1])  # order counts
    assert sum(p.numel() for p in net.parameters()) == transformer.parameter_count(3, 2, 16, 22)
    found = results.load()
    for data, key in (("river", "river"), ("speech", "speech")):
        (lstm, *_) = found.select(key, "test", "lstm")
        for run in found.select("streaming", "test", f"transformer-{data}"):
            assert run.parameters == pytest.approx(lstm.parameters, rel=0.02)


@pytest.mark.parametrize("data", area.DATA)
def test_the_encoders_rate_is_the_best_on_validation(data):
    tried = results.load().select("streaming", "choose", f"transformer-{data}")
    assert [run.options["learning_rate"] for run in tried] == list(area.RATES[data])
    assert area.CHOSEN[data] == max(tried, key=lambda run: run.validation).options["learning_rate"]
    tested = results.load().select("streaming", "test", f"transformer-{data}")
    assert [run.seed for run in tested] == list(area.DATA[data].seeds)
