// Three views of a layer of two: what one step does to a circle (the largest singular value), what many steps do (the
// eigenvalues and the spectral radius), and where the state goes.
import type { ComponentChildren, JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { eigenvalues, singular } from "../../core/dynamics.ts";
import { useSize } from "../../ui/hooks.ts";
import { linear, linePath, ticks, type Scale } from "../../ui/scale.ts";
import { segments } from "./mapLabels.ts";
import type { Scene } from "./scene.ts";
import { boxOf, spot, taken, type Stroke } from "./spot.ts";

export function Planes({ scene }: { scene: Scene }): JSX.Element {
  return <div class="planes"><Ellipse scene={scene} /><Eigenvalues scene={scene} /><Trajectory scene={scene} /></div>;
}

interface Axes { x: Scale; y: Scale; limit: number; size: number }

function Plane({ limit, title, label, names, children }: { limit: number; title: JSX.Element; label: string; names: [string, string]; children: (axes: Axes) => ComponentChildren }): JSX.Element {
  const { num } = useWidget(), { ref, width } = useSize<HTMLDivElement>(288), size = Math.min(width, 340), x = linear([-limit, limit], [4, size - 4]), y = linear([-limit, limit], [size - 4, 4]);
  const marks = ticks(-limit, limit, 4).filter((v) => v !== 0 && Math.abs(v) < limit * 0.97);
  return (
    <div ref={ref} class="plane">
      <p class="planetitle">{title}</p>
      <svg width={size} height={size} role="img" aria-label={label}>
        <path class="grid zero" d={`M4,${y(0)}H${size - 4}M${x(0)},4V${size - 4}`} />
        {marks.map((v) => (
          <g key={v}>
            <path class="grid zero" d={`M${x(v)},${y(0) - 4}v8M${x(0) - 4},${y(v)}h8`} />
            <text class="axis halo" x={x(v)} y={y(0) + 18} style={{ textAnchor: "middle" }}>{num(v, { digits: Number.isInteger(v) ? 0 : 1, sign: true })}</text>
          </g>
        ))}
        <text class="letter halo" x={size - 6} y={y(0) - 9} style={{ textAnchor: "end" }}>{names[0]}</text>
        <text class="letter halo" x={x(0) + 9} y={18}>{names[1]}</text>
        {children({ x, y, limit, size })}
      </svg>
    </div>
  );
}

/** A label beside a point, off the lines and inside the plane. */
function Label({ at: [x, y], text, strokes, size }: { at: readonly [number, number]; text: string; strokes: readonly Stroke[]; size: number }): JSX.Element {
  const found = spot(x, y, text.length * 7.2, strokes, { size: 14, within: { left: 0, top: 0, right: size, bottom: size } });
  return <text class="val halo" x={found.x} y={found.y} style={{ textAnchor: found.anchor }}>{text}</text>;
}

const cross = ({ x, y, limit }: Axes): Stroke[] => [[x(-limit), y(0), x(limit), y(0), 1], [x(0), y(-limit), x(0), y(limit), 1], ...taken({ left: 0, right: x(limit), top: y(0) + 8, bottom: y(0) + 18 }, 0.5)];

const around = Array.from({ length: 97 }, (_, k) => (2 * Math.PI * k) / 96), few = around.filter((_, k) => k % 4 === 0);

function Ellipse({ scene }: { scene: Scene }): JSX.Element {
  const { t, num } = useWidget(), [a, b, c, d] = scene.matrix, { largest, to } = singular(scene.matrix), limit = Math.max(1, largest) * 1.22;
  const flip = to[1] < 0 ? -1 : 1, tip: [number, number] = [to[0] * largest * flip, to[1] * largest * flip];
  return (
    <Plane limit={limit} names={["h₁", "h₂"]} label={t("memory.ellipse.label", { sigma: num(largest) })}
      title={<>{t("memory.ellipse.title")} <b class="num">σ = {num(largest)}</b></>}>
      {({ x, y, size }) => (
        <>
          <path class="circle" d={linePath(around.map((u) => x(Math.cos(u))), around.map((u) => y(Math.sin(u))))} />
          <path class="image" d={linePath(around.map((u) => x(a * Math.cos(u) + b * Math.sin(u))), around.map((u) => y(c * Math.cos(u) + d * Math.sin(u))))} />
          <path class="stretch" d={`M${x(0)},${y(0)}L${x(tip[0])},${y(tip[1])}`} />
          <circle class="tipdot" cx={x(tip[0])} cy={y(tip[1])} r={4.5} />
          <Label at={[x(tip[0]), y(tip[1])]} text={`σ = ${num(largest)}`} size={size} strokes={[...cross({ x, y, limit, size }), ...segments(few.map((u) => [x(Math.cos(u)), y(Math.sin(u))]), 2),
            ...segments(few.map((u) => [x(a * Math.cos(u) + b * Math.sin(u)), y(c * Math.cos(u) + d * Math.sin(u))]), 3), [x(0), y(0), x(tip[0]), y(tip[1]), 3]]} />
          <text class="role halo" x={x(0)} y={y(-1) + 20} style={{ textAnchor: "middle" }}>{t("memory.ellipse.circle")}</text>
        </>
      )}
    </Plane>
  );
}

function Eigenvalues({ scene }: { scene: Scene }): JSX.Element {
  const { t, num } = useWidget(), values = eigenvalues(scene.matrix), { rho } = scene, limit = Math.max(1, rho) * 1.22;
  const written = values.map(([re, im]) => (im === 0 ? num(re, { sign: true }) : `${num(re, { sign: true })} ${im > 0 ? "+" : "−"} ${num(Math.abs(im))} i`));
  const same = Math.hypot(values[0][0] - values[1][0], values[0][1] - values[1][1]) < 1e-6;
  return (
    <Plane limit={limit} names={["Re", "Im"]} label={t("memory.eigen.label", { rho: num(rho), values: written.join(", ") })}
      title={<>{t("memory.eigen.title")} <b class="num">ρ = {num(rho)}</b></>}>
      {({ x, y, size }) => (
        <>
          <path class="circle" d={linePath(around.map((u) => x(Math.cos(u))), around.map((u) => y(Math.sin(u))))} />
          <path class="radius" d={linePath(around.map((u) => x(rho * Math.cos(u))), around.map((u) => y(rho * Math.sin(u))))} />
          {values.slice(0, same ? 1 : 2).map(([re, im], k) => (
            <g key={k}>
              <path class="cross" d={`M${x(re) - 6},${y(im) - 6}l12,12m0,-12l-12,12`} />
              <Label at={[x(re), y(im)]} text={same ? t("memory.eigen.twice", { value: written[0] }) : written[k]} size={size} strokes={[...cross({ x, y, limit, size }),
                ...[1, rho].flatMap((r) => segments(few.map((u) => [x(r * Math.cos(u)), y(r * Math.sin(u))]), 2)), ...values.map(([p, q]): Stroke => [x(p) - 6, y(q), x(p) + 6, y(q), 8]),
                ...(k ? taken(boxOf({ x: x(values[0][0]), y: y(values[0][1]) - 9, anchor: "middle" }, 60, 14)) : [])]} />
            </g>
          ))}
        </>
      )}
    </Plane>
  );
}

function Trajectory({ scene }: { scene: Scene }): JSX.Element {
  const { t, num } = useWidget(), { hidden, T, step } = scene;
  const most = Math.max(0.2, ...Array.from(hidden, Math.abs)), limit = [0.25, 0.5, 1.08].find((v) => most <= v * 0.92) ?? 1.08;
  const xs = (x: Scale, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => x(from + k < 0 ? 0 : hidden[2 * (from + k)]));
  const ys = (y: Scale, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => y(from + k < 0 ? 0 : hidden[2 * (from + k) + 1]));
  const signed = (k: number) => num(hidden[k], { sign: true });
  return (
    <Plane limit={limit} names={["h₁", "h₂"]} label={t("memory.trajectory.label", { step: step + 1, first: signed(2 * step), second: signed(2 * step + 1) })}
      title={<>{t("memory.trajectory.title")}</>}>
      {({ x, y, size }) => (
        <>
          <path class="stairs later" d={linePath(xs(x, step, T - 1), ys(y, step, T - 1))} />
          <path class="stairs" d={linePath(xs(x, -1, step), ys(y, -1, step))} />
          {Array.from({ length: T }, (_, k) => <circle key={k} class={k === step ? "dot now" : k < step ? "dot" : "dot later"} cx={x(hidden[2 * k])} cy={y(hidden[2 * k + 1])} r={k === step ? 6 : 3.2} />)}
          <Label at={[x(hidden[2 * step]), y(hidden[2 * step + 1])]} text={t("memory.step", { n: step + 1 })} size={size}
            strokes={[...cross({ x, y, limit, size }), ...segments(xs(x, -1, T - 1).map((px, k) => [px, ys(y, -1, T - 1)[k]]), 2)]} />
        </>
      )}
    </Plane>
  );
}
