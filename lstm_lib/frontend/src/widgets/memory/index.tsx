// Memory: one recurrent unit, or a layer of two, and how long it remembers.
import { defineWidget } from "../../host/widget.tsx";
import { Frame } from "../../ui/controls.tsx";
import css from "./style.css";
import { defaults } from "./state.ts";

export default defineWidget({ name: "memory", defaults, css, view: ({ t }) => <Frame title={t("memory.title.unit")}><p /></Frame> });
