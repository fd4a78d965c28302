/* The search page. Proposals that the query names come first, then those whose texts have its
   words, then the handbook. The query and the filters are in the URL; on the page for missing
   pages, the query is the last words of the URL. */

(async () => {
  const output = document.getElementById("search-results");
  const labels = JSON.parse(output.dataset.labels);
  const isNotFound = "notFound" in output.dataset;
  const form = document.querySelector("form.search");
  const input = form.querySelector("[name=q]");
  const status = document.getElementById("search-progress");
  const hint = document.getElementById("search-hint");
  const choices = document.getElementById("search-choices");
  const PAGE_SIZE = 10;
  const KINDS = ["proposal", "page"];
  let latest = 0;

  input.value = new URLSearchParams(location.search).get("q") ?? (isNotFound ? lastWords() : "");
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("action")) return;
    event.preventDefault();
    submit();
  });
  addEventListener("popstate", () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    search(fromUrl());
  });
  output.addEventListener("keydown", moveFocus);
  setUpShortcut();
  status.textContent = labels.loading;
  await FepSearch.load();
  const engine = await FepSearchEngines.open(output.dataset.engine);
  if (!engine.hasTexts) showThatTextsAreMissing();
  await search(fromUrl());

  function lastWords() {
    const last = location.pathname.replace(/(index)?\.html?$/, "").split("/").filter(Boolean).pop();
    return ((last ?? "").match(/[a-z]{2,}|[0-9]+/gi) ?? []).join(" ");
  }

  function fromUrl() {
    const parameters = new URLSearchParams(location.search);
    const chosen = FepSearchEngines.FACETS.map((facet) => [facet, parameters.get(facet)]);
    return Object.fromEntries(chosen.filter(([, value]) => value));
  }

  function submit() {
    const current = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...current]) if (!value) current.delete(name);
    history.pushState(null, "", `${location.pathname}?${current}`);
    search(fromUrl());
  }

  // Searching ----------------------------------------------------------------------------------

  async function search(chosen) {
    const run = ++latest;
    const query = input.value.trim();
    output.replaceChildren();
    hint.replaceChildren();
    status.textContent = "";
    if (!query && !Object.keys(chosen).length) {
      choices.replaceChildren();
      return;
    }
    const typos = await findTypos(query);
    const corrected = FepSearch.correct(query, typos);
    if (query && !corrected) { // pagefind would find something for every word
      choices.replaceChildren();
      status.textContent = countLabel(0, query);
      return;
    }
    const groups = await Promise.all(KINDS.map((kind) => findGroup(corrected, { ...chosen, kind })));
    const counts = await countChoices(corrected, chosen);
    if (run !== latest) return;
    if (typos.length) showCorrection(query, corrected);
    showChoices(counts, chosen);
    const total = groups.reduce((sum, group) => sum + group.length, 0);
    status.textContent = countLabel(total, corrected);
    for (const [index, kind] of KINDS.entries()) await showGroup(labels.kinds[kind], groups[index], run);
  }

  /* The pages of one kind: those that the query names, then those with its words. */
  async function findGroup(query, filter) {
    const text = textOf(query);
    const named = query ? FepSearch.rank(query).filter((page) => isKind(page, filter.kind)) : [];
    const urls = named.map((page) => page.url);
    const rest = text || !query ? await engine.find(text, { ...filter, without: urls }) : { results: [] };
    const allowed = await namedResults(text, named, filter);
    return [...allowed, ...rest.results];
  }

  /* The named pages that the filter allows, with excerpts of those that have the words, too. */
  async function namedResults(text, named, filter) {
    if (!named.length) return [];
    const only = named.map((page) => page.url);
    const { results } = await engine.find("", { ...filter, only });
    const allowed = new Set(await Promise.all(results.map(async (r) => (await r.load()).page.url)));
    const excerpts = new Map();
    if (text) {
      for (const result of (await engine.find(text, { ...filter, only })).results.slice(0, PAGE_SIZE)) {
        const { page, excerpt } = await result.load();
        excerpts.set(page.url, excerpt);
      }
    }
    const shown = named.filter((page) => allowed.has(page.url));
    return shown.map((page) => ({ load: async () => ({ page, excerpt: excerpts.get(page.url) ?? [] }) }));
  }

  function isKind(page, kind) {
    return (page.number ? "proposal" : "page") === kind;
  }

  /* What is looked for in texts: "RFC 17" as it stands, but only the words of "RFC 17 async". */
  function textOf(query) {
    const { number, words } = FepSearch.parse(query);
    if (words.length) return words.join(" ");
    return number ? `"${labels.acronym} ${number}"` : query;
  }

  /* Words that titles and abstracts do not have, and that are in no text. Of words that are in a
     text, perhaps because others made the same mistake, those whose correction leads to a title.
     Nothing in quotation marks is corrected. */
  async function findTypos(query) {
    const unknown = query.includes('"') ? [] : FepSearch.unknownWords(query);
    const near = FepSearch.correct(query, unknown, 1);
    if (near && !FepSearch.rank(query).length && FepSearch.rank(near).length) return unknown;
    const typos = [];
    for (const word of unknown) {
      const { results } = await engine.find(`"${word}"`, {});
      if (!results.length) typos.push(word);
    }
    return typos;
  }

  // Showing ------------------------------------------------------------------------------------

  function countLabel(count, query) {
    if (count) return (count === 1 ? labels.one : labels.some).replace("{number}", count);
    return query ? labels.noneFor.replace("{query}", () => query) : labels.none;
  }

  function showThatTextsAreMissing() {
    const paragraph = document.createElement("p");
    paragraph.append(labels.titlesOnly);
    form.after(paragraph);
  }

  function showCorrection(query, corrected) {
    const [before, after] = labels.corrected.split("{corrected}")
      .map((part) => part.replace("{query}", () => query));
    const strong = document.createElement("strong");
    strong.append(corrected);
    hint.append(before, strong, after);
  }

  async function showGroup(label, results, run) {
    if (!results.length) return;
    const section = document.createElement("section");
    const heading = document.createElement("h2");
    const list = document.createElement("ul");
    heading.append(`${label} (${results.length})`);
    list.className = "search";
    section.append(heading, list);
    output.append(section);
    await showSome(list, results, run);
  }

  async function showSome(list, remaining, run) {
    const loaded = await Promise.all(remaining.slice(0, PAGE_SIZE).map((result) => result.load()));
    if (run !== latest) return;
    const items = loaded.filter(({ page }) => page).map(makeItem);
    list.append(...items);
    const rest = remaining.slice(PAGE_SIZE);
    if (!rest.length) return;
    const more = document.createElement("button");
    more.type = "button";
    more.append(labels.more);
    more.addEventListener("click", async () => {
      more.remove();
      const before = list.children.length;
      await showSome(list, rest, run);
      list.children[before]?.querySelector("a").focus();
    });
    list.after(more);
  }

  function makeItem({ page, excerpt }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const [title, ...state] = FepSearch.describe(page);
    link.href = FepSearch.urlOf(page);
    link.append(...title.childNodes);
    item.append(link, ...state);
    if (excerpt.length) {
      const context = document.createElement("p");
      context.className = "context";
      context.append(...excerpt);
      item.append(context);
    }
    return item;
  }

  // Filters ------------------------------------------------------------------------------------

  /* How many proposals each value would leave, if the others stay as they are. */
  async function countChoices(query, chosen) {
    const counts = {};
    for (const facet of FepSearchEngines.FACETS) {
      const { [facet]: _own, ...others } = chosen;
      counts[facet] = (await engine.find(textOf(query), { ...others, kind: "proposal" })).counts[facet] ?? {};
    }
    return counts;
  }

  function showChoices(counts, chosen) {
    const focused = document.activeElement?.name;
    choices.replaceChildren(...FepSearchEngines.FACETS.map((facet) => makeSelect(facet, counts[facet], chosen)));
    if (FepSearchEngines.FACETS.includes(focused)) choices.querySelector(`[name=${focused}]`)?.focus();
  }

  function makeSelect(facet, counts, chosen) {
    const select = document.createElement("select");
    select.name = facet;
    select.id = `search-${facet}`;
    select.add(new Option(labels.all, ""));
    const values = Object.keys(counts).filter((value) => counts[value] || value === chosen[facet]);
    if (chosen[facet] && !values.includes(chosen[facet])) values.push(chosen[facet]);
    for (const value of values.sort()) select.add(new Option(`${value} (${counts[value] ?? 0})`, value));
    select.value = chosen[facet] ?? "";
    select.addEventListener("change", submit);
    const label = document.createElement("label");
    label.htmlFor = select.id;
    label.append(labels.names[facet]);
    const part = document.createElement("span");
    part.append(label, " ", select);
    return part;
  }

  // Keys ---------------------------------------------------------------------------------------

  /* Arrows move from result to result. */
  function moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...output.querySelectorAll("li > a")];
    const next = step && links[links.indexOf(event.target) + step];
    if (!step || !links.includes(event.target)) return;
    event.preventDefault();
    (next ?? (step < 0 ? input : event.target)).focus();
  }

  function setUpShortcut() {
    const box = document.getElementById("search-shortcut");
    box.checked = FepSearchBox.hasShortcut();
    box.closest("p").hidden = false;
    box.addEventListener("change", () => FepSearchBox.setShortcut(box.checked));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      output.querySelector("li > a")?.focus();
    });
  }
})();
