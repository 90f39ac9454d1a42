// State of the landmarks: the same names and defaults as the traits of lstm_lib.widgets.Landmarks.

/** `hide` may name: title link tools timeline point see table. */
export interface LandmarksState {
  /** Only the results of this area; empty: of all. */
  area: string;
  /** How the table is ordered: by error removed, year or area. */
  sort: string;
  /** The chosen result, an id of landmarks.json. */
  row: string;
  /** Every row of the table, not only the first. */
  all: boolean;
  hide: string[];
  lang: string;
}

export const defaults: LandmarksState = { area: "", sort: "removed", row: "timit-ctc", all: false, hide: [], lang: "" };
