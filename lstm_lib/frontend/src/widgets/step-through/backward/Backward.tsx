// The way back through one step.
import type { JSX } from "preact";
import { See } from "../../../ui/controls.tsx";
import type { Store } from "../store.ts";

export function Backward({ store }: { store: Store }): JSX.Element {
  return <div class="backward"><See text={String(store.gradients.value?.cell[0] ?? "")} /></div>;
}
