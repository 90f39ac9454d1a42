// The landmarks: shares by their definition, orders, places in time, and the way from a citation to its entry.
import { afterEach, describe, expect, it } from "vitest";
import type { LocalModel } from "../../src/host/model.ts";
import { AREAS, ROWS, WORKS, errorRemoved, errorsOf, ordered, type Row } from "../../src/widgets/landmarks/data.ts";
import widget from "../../src/widgets/landmarks/index.tsx";
import { inTime, otherLane, timeLine } from "../../src/widgets/landmarks/layout.ts";
import { entries } from "../../src/widgets/landmarks/Source.tsx";
import { defaults } from "../../src/widgets/landmarks/state.ts";
import { capital } from "../../src/widgets/landmarks/words.ts";
import { mounted, press, settle, textOf } from "../mount.ts";

const find = (id: string): Row => ROWS.find((row) => row.id === id)!;

describe("the scale", () => {
  it("is the share of the baseline's error that went, only where that is fair", () => {
    expect(errorsOf(find("timit-ctc"))).toEqual({ before: "37.6", after: "18.6" });
    expect(errorRemoved(find("timit-ctc"))).toBeCloseTo((37.6 - 18.6) / 37.6, 12);
    expect(errorsOf(find("iam-online"))).toEqual({ before: "35.0", after: "20.3" });
    expect(errorRemoved(find("iam-online"))).toBeCloseTo((35 - 20.3) / 35, 12);
    for (const row of ROWS) expect(errorRemoved(row) === null).toBe(!row.fair);
  });
  it("orders rows without touching the file", () => {
    const before = ROWS.map((row) => row.id);
    expect(ordered("removed").slice(0, 2).map((row) => row.id)).toEqual(["timit-ctc", "iam-online"]);
    expect(ordered("year").map((row) => row.year)).toEqual(before.map((id) => find(id).year).sort());
    expect(ordered("area", "games").map((row) => row.id)).toEqual(["starcraft", "dota"]);
    expect(ROWS.map((row) => row.id)).toEqual(before);
  });
});

describe("the time line", () => {
  it("puts every mark inside, in the order of the years, none on another", () => {
    for (const [width, roomy] of [[912, true], [358, false]] as const) {
      const line = timeLine(width, roomy);
      expect(line.places.length).toBe(ROWS.length);
      for (const lane of line.lanes) {
        const xs = lane.places.map((place) => place.x);
        for (let k = 1; k < xs.length; k++) expect(xs[k] - xs[k - 1]).toBeGreaterThan(9);
        expect(xs[0]).toBeGreaterThan(60);
        expect(xs[xs.length - 1]).toBeLessThan(width - 5);
      }
    }
  });
  it("goes from lane to lane and stops at the last", () => {
    expect(otherLane(ROWS, find("timit-ctc"), 1).area).toBe("translation");
    expect(otherLane(ROWS, find("iam-online"), -1)).toBe(find("iam-online"));
    expect(otherLane(ordered("year", "speech"), find("timit-ctc"), 1)).toBe(find("timit-ctc"));
    expect(inTime(ROWS).at(-1)!.id).toBe("slimpajama-xlstm");
  });
});

describe("words and sources", () => {
  it("leaves names as they are at the start of a sentence", () => {
    expect(["uma LSTM", "xLSTM", "é", "é uma"].map(capital)).toEqual(["Uma LSTM", "xLSTM", "É", "É uma"]);
  });
  it("finds an entry of the list of references by title and year", () => {
    const page = document.createElement("div");
    page.innerHTML = `<div class="citation" id="id7"><p>Alex Graves. Speech recognition with deep recurrent neural networks. 2013.</p></div>
      <div class="citation" id="id8"><p>xLSTM: Extended Long Short-Term Memory. 2024.</p></div><div class="citation" id="id9"><p>Long short-term memory. 1997.</p></div>`;
    expect(entries(page, Object.keys(WORKS))).toEqual({ graves2013speech: "id7", beck2024xlstm: "id8", hochreiter1997lstm: "id9" });
  });
});

describe("the explorable", () => {
  let clean: () => void = () => {}, model: LocalModel, root: ShadowRoot;
  const mount = async (state: object = {}, lang = "pt-BR") => { ({ model, root, clean } = await mounted(widget, "landmarks", { ...defaults, ...state }, lang)); };
  afterEach(() => { clean(); clean = () => {}; });

  it("has a row for every result, with a bar or a reason", async () => {
    await mount({ all: true });
    expect(root.querySelectorAll("tr[data-row]").length).toBe(ROWS.length);
    for (const row of ROWS) {
      const line = root.querySelector(`tr[data-row="${row.id}"]`)!;
      expect(line.querySelectorAll(".bar").length).toBe(row.fair ? 1 : 0);
      expect(textOf(line, ".why").length > 5).toBe(!row.fair);
      expect(textOf(line, ".caveat")).toMatch(/\(\d{4}\)$/);
    }
    expect(root.innerHTML).not.toMatch(/NaN|undefined|landmarks\./);
  });
  it("falls back where a link asks for what there is not, and follows Python", async () => {
    await mount({ area: "chess", row: "resnet", sort: "size" }, "en");
    expect(textOf(root, ".outcome")).toBe("51% of the error removed");
    model.set("area", "hydrology");
    await settle();
    expect(textOf(root, ".see")).toContain("Hydrology: 2 results, none on the scale of error removed.");
    expect(root.querySelectorAll(".lane.off").length).toBe(AREAS.length - 1);
    await press(root.querySelector(".keys")!, "End");
    expect(model.get("row")).toBe("camels-regional");
  });
});
