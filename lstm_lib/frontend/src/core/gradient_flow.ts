// Gradient flow: what is left of the last step's error at every step before it, in networks without training. The same
// networks, inputs and numbers as lstm_lib/gradient_flow.py, where everything is explained.
import { makeEngine, type Engine, type Flow } from "./flow_engines.ts";
import type { Kind, Settings } from "./flow_networks.ts";

export type { Exact, Flow } from "./flow_engines.ts";
export * from "./flow_networks.ts";

/** Engines for all kinds, each of which keeps what a change of settings left as it was: one for every explorable. */
export function createFlow(): (kind: Kind, s: Settings) => Flow {
  const engines: Partial<Record<Kind, Engine>> = {};
  return (kind, s) => (engines[kind] ??= makeEngine(kind)).run(s);
}

/** One flow, with nothing kept. */
export const flow = (kind: Kind, s: Settings): Flow => createFlow()(kind, s);
