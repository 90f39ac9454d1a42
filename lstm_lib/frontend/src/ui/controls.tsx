// Buttons, selects, the one polite voice, and the frame around every explorable.
import type { ButtonHTMLAttributes, ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useWidget } from "../host/widget.tsx";
import { Rich, plain } from "./Rich.tsx";

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> & {
  primary?: boolean; pressed?: boolean | undefined; disabled?: boolean | undefined; children?: ComponentChildren;
};

/** A button; with `pressed` it is a toggle. */
export function Button({ primary, pressed, class: extra, children, ...rest }: ButtonProps): JSX.Element {
  return (
    <button type="button" {...rest} aria-pressed={pressed} class={`btn${primary ? " pri" : ""}${extra ? ` ${extra}` : ""}`}>
      {children}
    </button>
  );
}

export interface Option { value: string; label: string; disabled?: boolean }

/** A native select with its label. */
export function Select({ label, value, options, onChange, hideLabel, disabled }: {
  label: string; value: string; options: Option[]; onChange: (value: string) => void; hideLabel?: boolean; disabled?: boolean;
}): JSX.Element {
  return (
    <label class="field">
      <span class={hideLabel ? "vh" : "name"}>{label}</span>
      <span class="sel">
        <select value={value} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value)}>
          {options.map((o) => <option key={o.value} value={o.value} disabled={o.disabled} selected={o.value === value}>{o.label}</option>)}
        </select>
      </span>
    </label>
  );
}

/** The explorable's one live region: speaks once the reader rests, so a slider does not flood a screen reader. */
export function Announcer({ text, delay = 500 }: { text: string; delay?: number }): JSX.Element {
  const [said, say] = useState("");
  const first = useRef(true);
  useEffect(() => {
    if (first.current) { first.current = false; return; } // silent on load
    const timer = setTimeout(() => say(text), delay);
    return () => clearTimeout(timer);
  }, [text, delay]);
  return <div class="vh" role="status" aria-live="polite">{said}</div>;
}

/** "What you see": the computed sentence under every explorable, and its voice. `text` may carry Rich's marks. */
export function See({ text }: { text: string }): JSX.Element {
  const { t } = useWidget();
  return (
    <>
      <p class="see"><b>{t("common.what_you_see")}</b> <Rich text={text} /></p>
      <Announcer text={plain(text)} />
    </>
  );
}

/** Copies the link to this state; falls back to showing it where the browser forbids copying. */
export function CopyLink(): JSX.Element | null {
  const { t, id, link } = useWidget();
  const [state, setState] = useState<"" | "copied" | "shown">("");
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state === "shown") { box.current?.focus(); box.current?.select(); }
    if (state !== "copied") return;
    const timer = setTimeout(() => setState(""), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  if (!id) return null;
  const copy = async () => {
    try { await navigator.clipboard.writeText(link()); setState("copied"); } catch { setState("shown"); }
  };
  return (
    <span class="copy">
      {state === "shown"
        ? <input ref={box} class="linkbox" readOnly value={link()} aria-label={t("common.link_here")} onBlur={() => setState("")} />
        : <button type="button" class="textbtn" onClick={copy}>{state === "copied" ? t("common.link_copied") : t("common.copy_link")}</button>}
      <span class="vh" role="status">{state === "copied" ? t("common.link_copied") : ""}</span>
    </span>
  );
}

/** The section under its ink rule: title, a quiet line about it, the link; then the explorable itself. */
export function Frame({ title, meta, children }: { title: string; meta?: ComponentChildren; children: ComponentChildren }): JSX.Element {
  const { hidden } = useWidget();
  const top = !hidden("title") || !hidden("link");
  return (
    <div class="xp" role="region" aria-label={title}>
      {top && (
        <div class="head">
          {!hidden("title") && <span class="title">{title}</span>}
          {!hidden("title") && meta ? <span class="meta">{meta}</span> : null}
          {!hidden("link") && <CopyLink />}
        </div>
      )}
      {children}
    </div>
  );
}

/** Folded block: the table of values, a list of terms. What is given as a function is made only while the block is open. */
export function Fold({ label, children, open }: { label: string; children: ComponentChildren | (() => ComponentChildren); open?: boolean }): JSX.Element {
  const [shown, show] = useState(!!open);
  return (
    <details class="fold" open={open} onToggle={(event) => show(event.currentTarget.open)}>
      <summary>{label}</summary><div class="folded">{typeof children === "function" ? shown && children() : children}</div>
    </details>
  );
}

/** A table of numbers that scrolls inside itself on a narrow page, reachable by keyboard. */
export function ValueTable({ caption, columns, rows }: {
  caption: string; columns: ComponentChildren[]; rows: { key: string | number; head: ComponentChildren; cells: ComponentChildren[]; current?: boolean }[];
}): JSX.Element {
  return (
    <div class="scroll" role="group" aria-label={caption} tabIndex={0}>
      <table class="values">
        <caption class="vh">{caption}</caption>
        <thead><tr>{columns.map((c, k) => <th key={k} scope="col">{c}</th>)}</tr></thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.key} aria-current={r.current ? "true" : undefined}>
              <th scope="row">{r.head}</th>{r.cells.map((c, k) => <td key={k}>{c}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
