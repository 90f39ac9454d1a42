// The four calls of an anywidget model that the explorables use, and a stand-in for pages without Python.

export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  on(event: string, callback: () => void): void;
  off(event?: string | null, callback?: (() => void) | null): void;
  save_changes(): void;
}

/** Same interface, no kernel: what is set is there at once, and listeners hear it. */
export class LocalModel implements Model {
  private readonly values: Map<string, unknown>;
  private readonly listeners = new Map<string, Set<() => void>>();
  constructor(values: Record<string, unknown>) { this.values = new Map(Object.entries(values)); }
  get(key: string): unknown { return this.values.get(key); }
  set(key: string, value: unknown): void {
    if (Object.is(this.values.get(key), value)) return;
    this.values.set(key, value);
    for (const event of [`change:${key}`, "change"]) this.listeners.get(event)?.forEach((callback) => callback());
  }
  on(event: string, callback: () => void): void {
    let set = this.listeners.get(event);
    if (!set) this.listeners.set(event, set = new Set());
    set.add(callback);
  }
  off(event?: string | null, callback?: (() => void) | null): void {
    if (!event) this.listeners.clear();
    else if (!callback) this.listeners.delete(event);
    else this.listeners.get(event)?.delete(callback);
  }
  save_changes(): void {}
  send(): void {}
}
