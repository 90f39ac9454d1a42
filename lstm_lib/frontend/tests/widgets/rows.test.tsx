// Reading row by row: what is recorded, and what is made of it.
import { afterEach, expect, it } from "vitest";
import widget from "../../src/widgets/rows/index.tsx";
import { ITEMS, answer, best, columns, readers, settled, type Item } from "../../src/widgets/rows/data.ts";
import { NETWORKS, SETS, defaults } from "../../src/widgets/rows/state.ts";
import { mounted, settle, textOf, type Mounted } from "../mount.ts";

let page: Mounted | null = null;
afterEach(() => { page?.clean(); page = null; });
const show = async (state = {}, lang = "pt-BR") => (page = await mounted(widget, "rows", { ...defaults, ...state }, lang));

const invented = (answers: number[], label: number): Item => ({
  kind: "images", label, rows: answers.map(() => [0, 1]),
  probability: { lstm: answers.map((digit) => Array.from({ length: 10 }, (_, k) => (k === digit ? 0.55 : 0.05))) },
});

it("finds the answer, and the row from which it stays", () => {
  expect(best([0.2, 0.4, 0.4])).toBe(1);
  expect(answer(invented([3, 7], 7), "lstm", 1)).toEqual({ digit: 7, share: 0.55, right: true });
  expect([[3, 7, 7], [7, 3, 7], [7, 7, 7], [3, 3, 7]].map((answers) => settled(invented(answers, 7), "lstm"))).toEqual([1, 2, 0, 2]);
  expect([...columns([[1, 2, 3], [4, 5, 6]])]).toEqual([1, 4, 2, 5, 3, 6]);
});

it("has the answers of all networks after every row of every example", () => {
  for (const kind of SETS) for (const item of ITEMS[kind]) {
    expect(readers(item)).toEqual([...NETWORKS]);
    for (const network of readers(item)) {
      expect(item.probability[network]).toHaveLength(item.rows.length);
      for (const shares of item.probability[network]!) expect(Math.abs(shares.reduce((a, b) => a + b) - 1)).toBeLessThan(0.06); // rounded
    }
  }
});

it("goes to the next row, and to another example, by its buttons", async () => {
  await show({ row: 3 });
  const button = [...page!.root.querySelectorAll<HTMLButtonElement>(".transport .btn")].find((one) => one.textContent === "Próxima linha")!;
  button.click();
  await settle();
  expect(page!.model.get("row")).toBe(4);
  page!.root.querySelectorAll<HTMLButtonElement>(".item")[5].click();
  await settle();
  expect(page!.model.get("item")).toBe(5);
  expect(textOf(page!.root, ".see")).toContain(`depois de 5 de 28 linhas de um ${ITEMS.images[5].label}`);
});

it("survives any state", async () => {
  await show({ set: "speech", item: -4, row: 1e9 }, "en");
  const total = ITEMS.speech[0].rows.length;
  expect(textOf(page!.root, ".see")).toContain(`after ${total} of ${total} frames of a spoken ${ITEMS.speech[0].label}`);
});
