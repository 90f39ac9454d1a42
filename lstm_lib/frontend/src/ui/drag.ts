// Pressing and dragging on a drawing. A mouse acts at once; a finger acts when it lifts without having moved, or when it
// moves sideways, so that scrolling the page past a drawing changes nothing in it.
import { useRef } from "preact/hooks";

const SLACK = 6;

export interface Handlers {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: () => void;
  onPointerLeave: () => void;
}

/** The handlers as plain functions over one state; `act` gets the event whose place counts. */
export function dragging(act: (event: PointerEvent) => void, held: { from: number | null; live: boolean }): Handlers {
  const end = () => { held.from = null; held.live = false; };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      held.from = event.clientX;
      held.live = event.pointerType !== "touch";
      if (held.live) act(event);
    },
    onPointerMove: (event) => {
      if (held.from === null) return;
      if (!held.live && Math.abs(event.clientX - held.from) > SLACK) held.live = true;
      if (held.live) act(event);
    },
    onPointerUp: (event) => {
      if (held.from !== null && !held.live) act(event);
      end();
    },
    onPointerCancel: end,
    onPointerLeave: end,
  };
}

export function useDrag(act: (event: PointerEvent) => void): Handlers {
  const held = useRef<{ from: number | null; live: boolean }>({ from: null, live: false });
  return dragging(act, held.current);
}
