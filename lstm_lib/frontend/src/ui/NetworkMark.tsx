// How a kind of network is told from the others: shape, filling, dash and weight, never colour. Values in learning_horizon.json.
import type { JSX } from "preact";
import file from "../../../learning_horizon.json";
import { round } from "./scale.ts";

export interface MarkStyle { shape: "circle" | "triangle" | "square" | "diamond"; fill: "empty" | "half" | "full" | "dot"; dash: number[]; width: number; shown: boolean }

const STYLES = file.networks as unknown as Record<string, MarkStyle>;
const PLAIN: MarkStyle = { shape: "circle", fill: "empty", dash: [], width: 1.75, shown: false };

export const markOf = (network: string): MarkStyle => STYLES[network] ?? PLAIN;
export const dashOf = (network: string): string => markOf(network).dash.join(" ") || "none";

/** Outline of a mark around (0, 0); `size` is about half its width, the same weight to the eye in every shape. */
export function outline(shape: MarkStyle["shape"], size: number): string {
  const s = round(size * 0.9), d = round(size * 1.25), w = round(size * 1.1), low = round(size * 0.8), high = round(size * 1.15);
  if (shape === "circle") return `M${-size},0a${size},${size} 0 1 1 ${2 * size},0a${size},${size} 0 1 1 ${-2 * size},0Z`;
  if (shape === "triangle") return `M0,${-high}L${w},${low}H${-w}Z`;
  if (shape === "square") return `M${-s},${-s}H${s}V${s}H${-s}Z`;
  return `M0,${-d}L${d},0L0,${d}L${-d},0Z`;
}

/** The mark itself, in the current colour, at a point of a drawing. */
export function NetworkMark({ network, x = 0, y = 0, size = 4.5 }: { network: string; x?: number; y?: number; size?: number }): JSX.Element {
  const { shape, fill } = markOf(network), s = round(size * 0.9);
  return (
    <g class="mark" transform={`translate(${round(x)} ${round(y)})`}>
      <path d={outline(shape, size)} style={{ fill: fill === "full" ? "currentColor" : "var(--paper)", stroke: "currentColor", strokeWidth: 1.75, strokeLinejoin: "round" }} />
      {fill === "half" && <path d={`M${-s},${-s}H0V${s}H${-s}Z`} style={{ fill: "currentColor" }} />}
      {fill === "dot" && <circle r={round(size * 0.36)} style={{ fill: "currentColor" }} />}
    </g>
  );
}

/** A short piece of the network's line with its mark: for a list of names. */
export function NetworkSample({ network }: { network: string }): JSX.Element {
  return (
    <svg class="sample" width="38" height="16" viewBox="0 0 38 16" aria-hidden="true">
      <path d="M1,8H37" style={{ fill: "none", stroke: "currentColor", strokeWidth: markOf(network).width, strokeDasharray: dashOf(network) }} />
      <NetworkMark network={network} x={19} y={8} />
    </svg>
  );
}
