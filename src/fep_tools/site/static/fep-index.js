/* The index: filter and sort the rows of its tables.

   Without this script the tables are complete and sorted. With it there is a form above them.
   Filters are in the URL, so that they can be shared, and so that "back" undoes them. */

(() => {
  "use strict";

  const script = document.querySelector("script.fep-words");
  if (!script) return;
  const LABELS = JSON.parse(script.textContent);
  const COLUMN = /^fep-col-(.+)$/;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const MIN_ROWS = 3;
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  const tables = [...document.querySelectorAll("table.fep-index")].map(readTable);
  const rows = tables.flatMap((table) => table.rows);
  if (rows.length < MIN_ROWS) return;
  const columns = readColumns();
  const state = { words: "", chosen: new Map(), sort: "" };
  const controls = makeControls();
  let last = null;
  let order = "";

  // Reading the tables ---------------------------------------------------------------------------

  function readTable(element) {
    const heads = [...element.tHead.rows[0].cells];
    const keys = heads.map((head) => nameOf(head));
    const rows = [...element.tBodies[0].rows].map((row) => readRow(row, keys));
    return { element, heads, keys, rows, group: element.closest("section.fep-group") };
  }

  function readRow(element, keys) {
    const cells = [...element.cells].map((cell) => cell.textContent.trim());
    const texts = new Map(keys.map((key, at) => [key, cells[at]]));
    return { element, texts, all: fold(cells.join(" ")), shown: true };
  }

  function nameOf(cell) {
    const match = [...cell.classList].map((name) => COLUMN.exec(name)).find(Boolean);
    return match ? match[1] : cell.textContent.trim().toLowerCase();
  }

  /* Ignore case and accents. */
  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /* The values of a cell for filters: "2026" for "2026-11-29". */
  function values(text) {
    return text.split(", ").filter(Boolean).map((value) => (DAY.test(value) ? value.slice(0, 4) : value));
  }

  function readColumns() {
    return tables[0].heads.map((head, at) => {
      const key = tables[0].keys[at];
      const texts = rows.map((row) => row.texts.get(key) || "");
      const days = texts.some((text) => DAY.test(text));
      const counts = new Map();
      for (const value of texts.flatMap(values)) counts.set(value, (counts.get(value) || 0) + 1);
      return {
        key,
        title: head.textContent.trim(),
        choice: days ? "year" : key,
        label: days ? LABELS.year : head.textContent.trim(),
        counts: [...counts].sort(([a], [b]) => (days ? compare(b, a) : compare(a, b))),
        isFacet: head.classList.contains("fep-facet") && counts.size > 1,
      };
    });
  }

  // The form --------------------------------------------------------------------------------

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function labelled(text, control, kind) {
    control.id = `fep-filter-${control.name}`;
    return make("div", { className: kind }, make("label", { htmlFor: control.id }, text), control);
  }

  function selectOf(name, options) {
    const select = make("select", { name, autocomplete: "off" });
    for (const [text, value] of options) select.add(new Option(text, value));
    return select;
  }

  function makeControls() {
    const words = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false });
    const choices = columns.filter((column) => column.isFacet).map((column) => {
      const options = column.counts.map(([value, count]) => [`${value} (${count})`, value]);
      return [column, selectOf(column.choice, [[LABELS.all, ""], ...options])];
    });
    const orders = columns.flatMap(({ key, title }) => [[`${title} ↑`, key], [`${title} ↓`, `-${key}`]]);
    const order = selectOf("sort", [["–", ""], ...orders]);
    const clear = make("button", { type: "button" }, LABELS.clear);
    const live = make("p", { className: "fep-shown" });
    live.setAttribute("role", "status");
    const form = make(
      "form",
      { className: "fep-filter" },
      labelled(LABELS.filter, words, "fep-words"),
      ...choices.map(([column, select]) => labelled(column.label, select, "fep-choice")),
      labelled(LABELS.order, order, "fep-order"),
      clear,
      live,
    );
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", LABELS.form);
    script.after(form);
    return { form, words, choices, order, clear, live };
  }

  function makeHeads() {
    for (const { element, heads, keys } of tables) {
      element.classList.add("fep-sortable");
      heads.forEach((head, at) => {
        const button = make("button", { type: "button" }, ...head.childNodes);
        button.addEventListener("click", () => change(button, () => (state.sort = next(keys[at]))));
        head.append(button);
      });
    }
  }

  /* Ascending, then descending, then the order of the page. */
  function next(key) {
    return { [key]: `-${key}`, [`-${key}`]: "" }[state.sort] ?? key;
  }

  // The URL -----------------------------------------------------------------------------

  function read() {
    const parameters = new URLSearchParams(location.search);
    const keys = columns.flatMap(({ key }) => [key, `-${key}`]);
    state.words = parameters.get("q") || "";
    state.sort = keys.includes(parameters.get("sort")) ? parameters.get("sort") : "";
    state.chosen = new Map(controls.choices.map(([{ choice }]) => [choice, parameters.get(choice) || ""]));
  }

  function url() {
    const parameters = new URLSearchParams([["q", state.words], ...state.chosen, ["sort", state.sort]]);
    for (const [name, value] of [...parameters]) if (!value) parameters.delete(name);
    return `${location.pathname}${parameters.size ? `?${parameters}` : ""}${location.hash}`;
  }

  /* Each change of a filter is an entry in the history; words being typed are one entry. */
  function change(control, alter) {
    alter();
    const typing = control === controls.words && last === control;
    last = control;
    history[typing ? "replaceState" : "pushState"](null, "", url());
    show();
  }

  // Showing ---------------------------------------------------------------------------------

  function matches(row, words) {
    return words.every((word) => row.all.includes(word)) && controls.choices.every(([column]) => {
      const value = state.chosen.get(column.choice);
      return !value || values(row.texts.get(column.key) || "").includes(value);
    });
  }

  function show() {
    const words = fold(state.words).split(/\s+/).filter(Boolean);
    for (const row of rows) row.element.hidden = !(row.shown = matches(row, words));
    for (const table of tables) showTable(table);
    if (state.sort !== order) tables.forEach(sortTable);
    order = state.sort;
    const some = rows.filter((row) => row.shown).length;
    const changed = words.length || state.sort || [...state.chosen.values()].some(Boolean);
    controls.live.textContent = some ? shown(some) : LABELS.none;
    controls.clear.hidden = !changed;
    fill();
  }

  function shown(some) {
    return some === rows.length ? LABELS.every : LABELS.shown.replace("{some}", some);
  }

  function showTable({ element, rows, group }) {
    const some = rows.filter((row) => row.shown).length;
    element.hidden = !some;
    if (group) {
      group.hidden = !some;
      const link = document.querySelector(`.fep-groups a[href="#${CSS.escape(group.id)}"]`);
      const item = link && link.closest("li");
      if (item) item.hidden = !some;
      if (item) item.querySelector(".fep-count").textContent = ` ${some}`;
    }
  }

  function sortTable({ element, heads, keys, rows }) {
    const key = state.sort.replace(/^-/, "");
    const direction = state.sort.startsWith("-") ? "descending" : "ascending";
    heads.forEach((head, at) => {
      if (key && keys[at] === key) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
    element.tBodies[0].append(...sorted(rows, key, direction).map((row) => row.element));
  }

  /* Rows without a value come last in both directions. */
  function sorted(rows, key, direction) {
    if (!key) return rows;
    const sign = direction === "ascending" ? 1 : -1;
    const text = (row) => row.texts.get(key) || "";
    return [...rows].sort((a, b) => !text(a) - !text(b) || sign * compare(text(a), text(b)));
  }

  /* Set the form to the state. Setting an equal value would move the cursor. */
  function fill() {
    if (controls.words.value !== state.words) controls.words.value = state.words;
    for (const [{ choice }, select] of controls.choices) select.value = state.chosen.get(choice);
    controls.order.value = state.sort;
  }

  // Events -------------------------------------------------------------------------------

  makeHeads();
  controls.form.addEventListener("submit", (event) => event.preventDefault());
  controls.words.addEventListener("input", () =>
    change(controls.words, () => (state.words = controls.words.value)));
  for (const [{ choice }, select] of controls.choices) {
    select.addEventListener("change", () => change(select, () => state.chosen.set(choice, select.value)));
  }
  controls.order.addEventListener("change", () =>
    change(controls.order, () => (state.sort = controls.order.value)));
  controls.clear.addEventListener("click", () => {
    change(controls.clear, () => {
      state.words = state.sort = "";
      for (const name of state.chosen.keys()) state.chosen.set(name, "");
    });
    controls.words.focus();
  });
  addEventListener("popstate", () => {
    last = null;
    read();
    show();
  });
  read();
  show();
})();
