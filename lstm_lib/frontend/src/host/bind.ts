// Signals over a model. A change is seen here at once; the model (and so Python) gets it at once too, but the
// message to the kernel leaves only once per animation frame, so a slider does not flood it.
import { batch, effect, signal, type Signal } from "@preact/signals";
import type { Model } from "./model.ts";

export type Signals<S> = { [K in keyof S]: Signal<S[K]> };

/** Equal for our purposes: the same value, or arrays and plain objects with the same content. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a), other = b as Record<string, unknown>;
  return keys.length === Object.keys(b).length && keys.every((key) => key in other && same((a as Record<string, unknown>)[key], other[key]));
}

export function bind<S extends object>(model: Model, defaults: S): { state: Signals<S>; dispose: () => void } {
  const state = {} as Signals<S>, undo: (() => void)[] = [];
  let frame = 0, writing = false;
  const save = () => { frame = 0; model.save_changes(); };
  for (const key of Object.keys(defaults) as (keyof S & string)[]) {
    const given = model.get(key), slot = signal((given ?? defaults[key]) as S[typeof key]);
    state[key] = slot;
    // Python may set several traits in one message: they arrive together here, not one after the other.
    const fromModel = () => { if (!writing) batch(() => {
      for (const name of Object.keys(state) as (keyof S & string)[]) {
        const value = (model.get(name) ?? defaults[name]) as S[typeof name];
        if (!same(value, state[name].peek())) state[name].value = value;
      }
    }); };
    model.on(`change:${key}`, fromModel);
    let first = true;
    const stop = effect(() => {
      const value = slot.value;
      if (first) { first = false; return; }
      if (same(model.get(key), value)) return;
      writing = true; // the model calls back at once, before our other changes have reached it
      try { model.set(key, value); } finally { writing = false; }
      if (!frame) frame = requestAnimationFrame(save);
    });
    undo.push(() => { model.off(`change:${key}`, fromModel); stop(); });
  }
  return {
    state,
    dispose: () => {
      if (frame) { cancelAnimationFrame(frame); save(); }
      undo.forEach((f) => f());
    },
  };
}
