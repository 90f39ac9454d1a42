// What is differentiated. For a language model the margin at the last word: the score (logit) of the right form minus that of
// the wrong one, of the pair of forms that the network finds likeliest there; right is what the subject asks for, the
// feminine form where the sentence does not tell. For numbers the sum of the last hidden state.
import type { LanguageModel } from "../../core/language_model.ts";
import type { LSTMTrace } from "../../core/lstm.ts";
import { likeliestPair } from "../../sentences/forms.ts";
import { place } from "../../sentences/rule.ts";

export interface Loss {
  kind: "margin" | "sum";
  value: number;
  /** The two forms of a margin; "" for a sum. */
  right: string;
  wrong: string;
  /** Direct dL/dh_t, T × H: zero before the last step. */
  direct: Float64Array;
}

export function lossOf(trace: LSTMTrace, lm: LanguageModel | null, words: readonly string[]): Loss {
  const { T, H, hidden } = trace, last = (T - 1) * H, direct = new Float64Array(T * H), pair = lm ? likeliestPair(lm, trace) : -1;
  if (!lm || pair < 0) {
    direct.fill(1, last);
    return { kind: "sum", value: hidden.subarray(last).reduce((a, b) => a + b, 0), right: "", wrong: "", direct };
  }
  const forms = [lm.feminine[pair], lm.masculine[pair]];
  if (place(words).gender === "m") forms.reverse();
  const [r, w] = forms.map((form) => lm.vocabulary.indexOf(form));
  let value = lm.decoder_bias[r] - lm.decoder_bias[w];
  for (let u = 0; u < H; u++) {
    direct[last + u] = lm.decoder_weight[r * H + u] - lm.decoder_weight[w * H + u];
    value += direct[last + u] * hidden[last + u];
  }
  return { kind: "margin", value, right: forms[0], wrong: forms[1], direct };
}
