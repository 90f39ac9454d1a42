// The run of the three networks as the drawings need it.
import type { NetworkName } from "./state.ts";

export interface FlowSettings {
  steps: number; gain: number; activation: "tanh" | "relu"; forget_bias: number; scheme: "torch" | "orthogonal" | "identity" | "chrono"; seed: number; window: number;
}

/** log10 of the norms at every step, step 1 first. */
export interface FlowData {
  hidden: Float64Array; cell: Float64Array | null;
  /** Lines of theory in log10, 0 at the last step. */
  theory: Record<string, Float64Array>;
  verdicts: { hidden: string; cell?: string };
  weight_norm: number; units: number; parameters: number;
}

export function flowsOf(s: FlowSettings): Record<NetworkName, FlowData> {
  const lines = (per: number, wobble: number) => Float64Array.from({ length: s.steps }, (_, k) => {
    const lag = s.steps - 1 - k;
    return s.window && lag > s.window ? -Infinity : 0.75 + lag * Math.log10(per * s.gain) + wobble * Math.sin(lag);
  });
  const straight = (per: number) => Float64Array.from({ length: s.steps }, (_, k) => (s.steps - 1 - k) * Math.log10(per * s.gain));
  const f = 1 / (1 + Math.exp(-s.forget_bias));
  return {
    rnn: { hidden: lines(0.54, 0.1), cell: null, theory: { radius: straight(0.545), radius_bare: straight(0.6), largest: straight(1.08) }, verdicts: { hidden: "vanishes" }, weight_norm: 1.7, units: 72, parameters: 6480 },
    gru: { hidden: lines(0.61, 0.05), cell: null, theory: { carry: straight(0.53) }, verdicts: { hidden: "vanishes" }, weight_norm: 1.7, units: 38, parameters: 6384 },
    lstm: { hidden: lines(f * 1.05, 0.02), cell: lines(f * 1.06, 0.02), theory: { gates: straight(f) }, verdicts: { hidden: "fades", cell: "fades" }, weight_norm: 1.7, units: 32, parameters: 6400 },
  };
}
