// State of the reading row by row: the same names and defaults as the traits of lstm_lib.widgets.Rows.

/** What is read: drawings of digits row by row, or spoken digits frame by frame. */
export const SETS = ["images", "speech"] as const;
export type Kind = (typeof SETS)[number];
export const NETWORKS = ["rnn", "gru", "lstm"] as const;
export type Network = (typeof NETWORKS)[number];

/** `hide` may name: title link sets items transport picture bars see table. */
export interface RowsState {
  set: Kind;
  /** Number of the drawing or recording, from 0. */
  item: number;
  /** The last row that has been read, from 0. */
  row: number;
  hide: string[];
  lang: string;
}

export const defaults: RowsState = { set: "images", item: 0, row: 13, hide: [], lang: "" };
