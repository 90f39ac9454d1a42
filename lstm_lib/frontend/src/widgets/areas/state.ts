// State of the areas: the same names and defaults as the traits of lstm_lib.widgets.Areas.

/** `hide` may name: title link tools outcome plot see table. */
export interface AreasState {
  /** Which area is shown, a key of compared_areas.json. */
  area: string;
  /** Length T of a generated task that has several; 0: its first. */
  length: number;
  /** The chosen network or baseline, by its name in the record; "" for the area's own LSTM. */
  network: string;
  hide: string[];
  lang: string;
}

export const defaults: AreasState = { area: "river", length: 0, network: "", hide: [], lang: "" };
