/* The index: filter and sort the rows of its tables, and choose their columns.

   Without this script the tables are complete and sorted. With it there is a form above them.
   What is chosen is in the URL, so that it can be shared, and so that "back" undoes it. */

(() => {
  "use strict";

  const script = document.querySelector("script.fep-words");
  if (!script) return;
  const LABELS = JSON.parse(script.textContent);
  const COLUMN = /^fep-col-(.+)$/;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const MIN_ROWS = 3;
  const ALWAYS = ["number", "title"];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  countDays();
  const tables = [...document.querySelectorAll("table.fep-index")].map(readTable);
  const rows = tables.flatMap((table) => table.rows);
  if (rows.length < MIN_ROWS) return;
  const columns = readColumns();
  const state = { words: "", chosen: new Map(), sort: "", columns: null };
  const controls = makeControls();
  let last = null;
  let order = "";

  // Days left, which the page counts from the last change ------------------------------------------

  function countDays() {
    const today = Date.parse(new Date().toLocaleDateString("sv"));  // 2026-11-30
    for (const element of document.querySelectorAll(".fep-left")) {
      const day = [...element.classList].find((name) => name.startsWith("fep-until-"));
      if (!day) continue;
      const left = Math.round((Date.parse(day.slice(-10)) - today) / 864e5);
      const label = left === 1 ? LABELS.day : LABELS.days;
      element.textContent = left < 0 ? LABELS.closed : label.replace("{number}", left);
    }
    for (const note of document.querySelectorAll(".fep-counted")) note.hidden = true;
  }

  // Reading the tables ---------------------------------------------------------------------------

  function readTable(element) {
    const heads = [...element.tHead.rows[0].cells];
    const keys = heads.map((head) => nameOf(head));
    const table = { element, heads, keys, rows: [], groups: [] };
    for (const row of element.tBodies[0].rows) {
      if (row.classList.contains("fep-group")) table.groups.push({ element: row, rows: [] });
      else table.rows.push(readRow(row, keys));
      if (!row.classList.contains("fep-group")) table.groups.at(-1)?.rows.push(table.rows.at(-1));
    }
    return table;
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

  function valuesOf(row, column) {
    return values(row.texts.get(column.key) || "");
  }

  function readColumns() {
    return tables[0].heads.map((head, at) => {
      const key = tables[0].keys[at];
      const texts = rows.map((row) => row.texts.get(key) || "");
      const days = texts.some((text) => DAY.test(text));
      const found = [...new Set(texts.flatMap(values))];
      return {
        key,
        title: head.textContent.trim(),
        choice: days ? "year" : key,
        label: days ? LABELS.year : head.textContent.trim(),
        values: found.sort((a, b) => (days ? compare(b, a) : compare(a, b))),
        isFacet: head.classList.contains("fep-facet") && found.length > 1,
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
    const label = make("label", { htmlFor: control.id, className: "unseen" }, text);
    return make("div", { className: kind }, label, control);
  }

  function selectOf(name, options) {
    const select = make("select", { name, autocomplete: "off" });
    for (const [text, value] of options) select.add(new Option(text, value));
    return select;
  }

  function makeControls() {
    const words = make("input", {
      type: "search", name: "q", autocomplete: "off", spellcheck: false, placeholder: LABELS.filter,
    });
    const facets = columns.filter((column) => column.isFacet);
    facets.sort((a, b) => (b.key === "status") - (a.key === "status"));
    const choices = facets.map((column) => [
      column,
      selectOf(column.choice, [[column.label, ""], ...column.values.map((value) => [value, value])]),
    ]);
    const orders = columns.flatMap(({ key, title }) => [[`${title} ↑`, key], [`${title} ↓`, `-${key}`]]);
    const order = selectOf("sort", [[LABELS.order, ""], ...orders]);
    const boxes = columns.filter(({ key }) => !ALWAYS.includes(key)).map(({ key, title }) => {
      const box = make("input", { type: "checkbox", name: "column", value: key });
      return [box, make("label", {}, box, ` ${title}`)];
    });
    const list = make("div", {}, ...boxes.map(([, label]) => label));
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", LABELS.columns);
    const picker = make("details", { className: "fep-columns" }, make("summary", {}, LABELS.columns), list);
    const more = make(
      "details",
      { className: "fep-more" },
      make("summary", {}, LABELS.more),
      make(
        "div",
        {},
        ...choices.map(([column, select]) => labelled(column.label, select, "fep-choice")),
        labelled(LABELS.order, order, "fep-order"),
        picker,
      ),
    );
    const clear = make("button", { type: "button" }, LABELS.clear);
    const live = make("p", { className: "fep-shown" });
    live.setAttribute("role", "status");
    const instead = make("p", { className: "fep-instead", hidden: true });
    const form = make(
      "form",
      { className: "fep-filter" },
      labelled(LABELS.filter, words, "fep-words"),
      more,
      live,
      clear,
      instead,
    );
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", LABELS.form);
    script.after(form);
    // The links to groups are for readers without the form.
    document.querySelector("ul.fep-groups")?.setAttribute("hidden", "");
    const wide = matchMedia("(min-width: 46rem)");
    const unfold = () => (more.open = wide.matches);
    unfold();
    wide.addEventListener("change", unfold);
    return { form, words, choices, order, boxes: boxes.map(([box]) => box), picker, clear, live, instead };
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
    state.columns = parameters.get("columns")?.split(",").filter((key) => keys.includes(key)) ?? null;
  }

  function url() {
    const parameters = new URLSearchParams([["q", state.words], ...state.chosen, ["sort", state.sort]]);
    for (const [name, value] of [...parameters]) if (!value) parameters.delete(name);
    if (state.columns) parameters.set("columns", state.columns.join(","));
    const query = parameters.toString().replaceAll("%2C", ",");
    return `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
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

  /* Whether a row has the words and each choice, but for that of the column *except*. */
  function matches(row, words, except = null) {
    return words.every((word) => row.all.includes(word)) && controls.choices.every(([column]) => {
      const value = state.chosen.get(column.choice);
      return column === except || !value || valuesOf(row, column).includes(value);
    });
  }

  function show() {
    const words = fold(state.words).split(/\s+/).filter(Boolean);
    for (const row of rows) row.element.hidden = !(row.shown = matches(row, words));
    for (const table of tables) showTable(table);
    if (state.sort !== order) tables.forEach(sortTable);
    order = state.sort;
    const some = rows.filter((row) => row.shown).length;
    const filters = [state.words && `“${state.words}”`, ...state.chosen.values()].filter(Boolean);
    controls.live.textContent = some ? shown(some) : LABELS.none.replace("{filters}", () => filters.join(", "));
    controls.clear.hidden = !(filters.length || state.sort || state.columns);
    showElsewhere(!some && state.words);
    for (const choice of controls.choices) countOptions(...choice, words);
    showColumns();
    fill();
  }

  function shown(some) {
    return some === rows.length ? LABELS.every : LABELS.shown.replace("{some}", some);
  }

  /* The words may be in the texts, which the form does not look into. */
  function showElsewhere(words) {
    controls.instead.hidden = !words;
    if (!words) return;
    const href = `${document.documentElement.dataset.content_root || ""}search.html?q=${encodeURIComponent(words)}`;
    controls.instead.replaceChildren(make("a", { href }, LABELS.search.replace("{words}", () => words)));
  }

  /* How many rows each option would show, with the other choices as they are. */
  function countOptions(column, select, words) {
    const counts = new Map();
    for (const row of rows) {
      if (!matches(row, words, column)) continue;
      for (const value of valuesOf(row, column)) counts.set(value, (counts.get(value) || 0) + 1);
    }
    for (const option of select.options) {
      if (!option.value) continue;
      const count = counts.get(option.value) || 0;
      option.textContent = `${option.value} (${count})`;
      option.disabled = !count && option.value !== state.chosen.get(column.choice);
    }
    select.classList.toggle("fep-chosen", Boolean(state.chosen.get(column.choice)));
  }

  function showTable({ element, rows, groups }) {
    element.hidden = !rows.some((row) => row.shown);
    for (const group of groups) {
      const some = group.rows.filter((row) => row.shown).length;
      group.element.hidden = !some || Boolean(state.sort);
      group.element.querySelector(".fep-count").textContent = ` ${some}`;
    }
  }

  function sortTable({ element, heads, keys, rows, groups }) {
    const key = state.sort.replace(/^-/, "");
    const direction = state.sort.startsWith("-") ? "descending" : "ascending";
    heads.forEach((head, at) => {
      if (key && keys[at] === key) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
    const list = key || !groups.length ? sorted(rows, key, direction) : groups.flatMap((g) => [g, ...g.rows]);
    element.tBodies[0].append(...list.map((row) => row.element));
  }

  /* Rows without a value come last in both directions. */
  function sorted(rows, key, direction) {
    if (!key) return rows;
    const sign = direction === "ascending" ? 1 : -1;
    const text = (row) => row.texts.get(key) || "";
    return [...rows].sort((a, b) => !text(a) - !text(b) || sign * compare(text(a), text(b)));
  }

  /* Without a choice, the style sheet leaves out what a narrow screen has no room for. */
  function showColumns() {
    for (const { element, keys } of tables) {
      element.classList.toggle("fep-picked", Boolean(state.columns));
      keys.forEach((key, at) => {
        const hidden = Boolean(state.columns) && !ALWAYS.includes(key) && !state.columns.includes(key);
        for (const row of element.rows) {
          if (!row.classList.contains("fep-group")) row.cells[at].hidden = hidden;
        }
      });
    }
  }

  /* Set the form to the state. Setting an equal value would move the cursor. */
  function fill() {
    if (controls.words.value !== state.words) controls.words.value = state.words;
    for (const [{ choice }, select] of controls.choices) select.value = state.chosen.get(choice);
    controls.order.value = state.sort;
    for (const box of controls.boxes) box.checked = isVisible(box.value);
  }

  function isVisible(key) {
    if (state.columns) return state.columns.includes(key);
    const head = tables[0].heads[tables[0].keys.indexOf(key)];
    return getComputedStyle(head).display !== "none";
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
  for (const box of controls.boxes) {
    box.addEventListener("change", () => change(box, () => {
      state.columns = controls.boxes.filter(({ checked }) => checked).map(({ value }) => value);
    }));
  }
  document.addEventListener("click", ({ target }) => {
    if (!controls.picker.contains(target)) controls.picker.open = false;
  });
  controls.picker.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    controls.picker.open = false;
    controls.picker.querySelector("summary").focus();
  });
  controls.clear.addEventListener("click", () => {
    change(controls.clear, () => {
      state.words = state.sort = "";
      state.columns = null;
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
