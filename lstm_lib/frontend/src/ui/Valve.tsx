// A gate drawn as an aperture: full disc = 0, ring = 1, the slit between is the value, linear.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { color, type Letter } from "./quantities.ts";
import { clamp } from "./scale.ts";

let serial = 0;

/** `vertical`: what passes goes up or down, so the slit is vertical. `through` is the letter of what passes. */
export function Valve({ x, y, r, q, value, through, vertical = false, thickness = 5, fresh = "var(--paper)" }: {
  x: number; y: number; r: number; q: Letter; value: number; through: Letter; vertical?: boolean; thickness?: number; fresh?: string;
}): JSX.Element {
  const id = useMemo(() => `valve${serial++}`, []), v = clamp(value, 0, 1), half = r * (1 - v);
  const line = Math.max(1, Math.min(thickness, 2 * r * v));
  return (
    <g class="valve">
      <clipPath id={id}><circle cx={x} cy={y} r={r} /></clipPath>
      <circle cx={x} cy={y} r={r} style={{ fill: fresh }} />
      <g clip-path={`url(#${id})`}>
        {v > 0.015 && thickness > 0 && <path d={vertical ? `M${x},${y - r}V${y + r}` : `M${x - r},${y}H${x + r}`} style={{ stroke: color(through), strokeWidth: line }} />}
        {[-1, 1].map((side) => (
          <rect key={side} class="plate" style={{ fill: color(q) }}
            {...(vertical
              ? { x: side < 0 ? x - r : x + r - half, y: y - r, width: half, height: 2 * r }
              : { x: x - r, y: side < 0 ? y - r : y + r - half, width: 2 * r, height: half })} />
        ))}
      </g>
      <circle cx={x} cy={y} r={r} style={{ fill: "none", stroke: color(q), strokeWidth: 2.25 }} />
    </g>
  );
}
