// What a page of the book does besides its explorables: formulas, theme, contents on a phone, copying code, the section in view.
(() => {
  const root = document.documentElement;
  const words = document.getElementById("words").dataset;
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Formulas. \class{q-f}{…} is MathJax's spelling (so that notebooks show it too); KaTeX calls it \htmlClass.
  if (globalThis.katex) {
    const options = {
      throwOnError: false, output: "htmlAndMathml", macros: { "\\class": "\\htmlClass{#1}{#2}" },
      trust: (context) => context.command === "\\htmlClass",
      strict: (code) => (code === "htmlExtension" ? "ignore" : "warn"),
    };
    for (const el of $$(".math")) {
      const display = el.classList.contains("display");
      katex.render(el.dataset.tex ?? el.textContent, el, { ...options, displayMode: display });
    }
  }

  // Theme: what the reader chose, else what the system says.
  const button = document.querySelector(".theme");
  const label = () => {
    const text = root.dataset.theme === "dark" ? button.dataset.toLight : button.dataset.toDark;
    button.setAttribute("aria-label", text);
    button.title = text;
  };
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private window: lasts for this page */ }
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
    if (!stored()) { root.dataset.theme = event.matches ? "dark" : "light"; label(); }
  });
  label();

  // Contents on a narrow screen.
  const burger = document.querySelector(".burger"), side = document.querySelector(".side");
  const page = [document.querySelector("main"), document.querySelector(".foot")];
  const open = (yes) => {
    root.classList.toggle("menu", yes);
    burger.setAttribute("aria-expanded", String(yes));
    burger.setAttribute("aria-label", yes ? burger.dataset.close : burger.dataset.open);
    for (const part of page) part.inert = yes;
    if (yes) side.querySelector("a").focus(); else burger.focus();
  };
  burger.addEventListener("click", () => open(!root.classList.contains("menu")));
  side.addEventListener("click", (event) => { if (event.target.closest("a") && root.classList.contains("menu")) open(false); });
  matchMedia("(min-width: 1100.02px)").addEventListener("change", (event) => {
    if (event.matches && root.classList.contains("menu")) open(false);
  });
  const find = document.querySelector(".find input, .search-form input");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.classList.contains("menu")) open(false);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.defaultPrevented) {
      event.preventDefault();
      if (side.contains(find) && getComputedStyle(side).display === "none") open(true);
      find.focus();
      find.select();
    }
  });

  // Code: a copy button on every cell.
  for (const block of $$(".cell_input .highlight, article > section div.highlight")) {
    const pre = block.querySelector("pre");
    if (!pre || block.querySelector(".copy")) continue;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = words.copy;
    copy.addEventListener("click", async () => {
      const text = pre.textContent;
      try { await navigator.clipboard.writeText(text); }
      catch {                                   // a page opened from a folder has no clipboard
        const area = Object.assign(document.createElement("textarea"), { value: text });
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        copy.focus();
      }
      copy.textContent = words.copied;
      setTimeout(() => { copy.textContent = words.copy; }, 1600);
    });
    block.append(copy);
  }

  // What is wider than its place scrolls by itself, also with the keyboard.
  const scrollers = () => {
    for (const el of $$(".highlight pre, .output pre, .table-scroll, .math.display, .cell_output .output.text_html")) {
      const wide = el.scrollWidth > el.clientWidth + 1;
      if (wide && el.tabIndex !== 0) {
        el.tabIndex = 0;
        el.setAttribute("role", "group");
        el.setAttribute("aria-label", el.matches(".math") ? words.formula : el.matches(".table-scroll") ? words.table
          : el.closest(".cell_output") ? words.output : words.code);
      }
    }
  };
  for (const table of $$("article table.docutils, .cell_output table")) {
    if (table.closest(".table-scroll")) continue;
    const box = document.createElement("div");
    box.className = "table-scroll";
    table.replaceWith(box);
    box.append(table);
  }
  scrollers();
  addEventListener("resize", scrollers);
  document.fonts?.ready.then(scrollers);

  // The section in view is marked in the contents.
  const links = new Map($$(".side .in a").map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const heads = $$("article section[id]").filter((s) => links.has(s.id));
  if (heads.length) {
    let queued = false;
    const mark = () => {
      queued = false;
      let at = null;
      for (const section of heads) if (section.getBoundingClientRect().top < innerHeight * 0.35) at = section;
      for (const [id, a] of links) {
        if (at && id === at.id) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
      }
    };
    const later = () => { if (!queued) { queued = true; requestAnimationFrame(mark); } };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    mark();
  }

  // A printed solution is an open one.
  addEventListener("beforeprint", () => { for (const fold of $$("details.fold:not([open])")) { fold.open = true; fold.dataset.printed = ""; } });
  addEventListener("afterprint", () => { for (const fold of $$("details[data-printed]")) { fold.open = false; delete fold.dataset.printed; } });
})();
