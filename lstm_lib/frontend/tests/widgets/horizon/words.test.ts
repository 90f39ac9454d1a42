// What is said about a point, in both languages, from invented runs.
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { translate, type Language } from "../../../src/host/locale.ts";
import { formatNumber, formatPercent } from "../../../src/ui/format.ts";
import { createHorizon } from "../../../src/widgets/horizon/data.ts";
import { between, outcomeText, reachText, reachedText, seeText, type Words } from "../../../src/widgets/horizon/words.ts";
import { SAMPLE } from "./sample.ts";

const horizon = createHorizon(SAMPLE);
const words = (language: Language): Words => ({
  language: signal(language), t: (key, params) => translate(language, key, params),
  num: (value, options) => formatNumber(value, language, options), percent: (share, digits) => formatPercent(share, language, digits),
});
const pt = words("pt"), en = words("en"), plain = (text: string) => text.replace(/\u00a0/g, " ").replaceAll("**", "");
const see = (network: string, lag: number, against: "distance" | "distractors" = "distance", w = pt) => plain(seeText(horizon, { network, lag, against }, w));

describe("what is said of a point", () => {
  it("names every kind of seed, the worst place, and the mixture beside a failure", () => {
    expect(see("rnn", 25)).toBe("RNN, treinada só com distâncias de 25 a 40 palavras: 1 sorteio acerta na janela do treino, mas não em toda distância; " +
      "2 sorteios ficaram no acaso. Acerto na própria janela: 47 % a 100 %. Em outras distâncias, o pior lugar é a 5 palavras: 0 % a 52 %. " +
      "Bem abaixo de 50 %, ela não esqueceu: responde o gênero contrário. " +
      "Treinada com a mistura de 5 a 40, a mesma rede acerta 98 % a 99 % a 200 palavras: guardar ela consegue; o que faltou foi aprender.");
  });
  it("says that all learned, and how far it carries", () => {
    expect(see("lstm-b3", 25)).toBe("LSTM, viés 3, treinada só com distâncias de 25 a 40 palavras: os 2 sorteios aprenderam a guardar (pelo menos 90 % em toda distância testada). " +
      "Acerto na própria janela: 99 % a 100 %. Testada de 5 a 200 palavras, o pior acerto é 95 %.");
    expect(see("lstm-b3", 25, "distractors", en)).toContain("At 60 words, with 0 to 6 distractors, the worst accuracy is 99%.");
  });
  it("does not look for a worst place where all guess, nor promise a mixture that was not learned", () => {
    expect(see("rnn", 45)).not.toContain("pior");
    expect(see("lstm-b3", 45)).not.toContain("mistura");
    expect(see("rnn", 0, "distance", en)).toMatch(/^RNN, trained on the mixture of distances of 5 to 40 words: all 2 seeds learned to keep/);
  });
  it("admits that a point has no training", () => {
    expect(see("gru", 60)).toBe("GRU, treinada só com distâncias de 60 a 75 palavras: ainda não há treino gravado.");
    expect([outcomeText(horizon.summary("gru", 60), pt), reachedText(horizon.summary("gru", 60), pt)]).toEqual(["ainda sem treino", "sem treino"]);
  });
  it("counts seeds and steps", () => {
    expect(plain(outcomeText(horizon.summary("rnn", 25), pt))).toBe("ficou no acaso em 2 de 3");
    expect(outcomeText(horizon.summary("lstm-b3", 25), en)).toBe("learned to keep");
    expect(reachedText(horizon.summary("lstm-b3", 25), pt)).toBe("2 de 2 sorteios, em 300 a 400 passos");
    expect(plain(reachedText(horizon.summary("rnn", 45), pt))).toBe("nenhum de 2 sorteios, em 2 000 passos");
    expect(reachText(horizon, "rnn", en)).toBe("learns with every seed up to lag 5, with none from 25 on");
    expect(plain(between({ low: 0.994, high: 0.994 }, pt))).toBe("99,4 %");
  });
});
