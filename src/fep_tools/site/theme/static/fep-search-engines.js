/* The two engines that search the texts of pages, and one without texts, with one interface:

   find(words, filter) returns the pages that have the words, the best first. A filter has values
   of status, type and topic, a kind ("proposal" or "page"), and a list of URLs to leave out.
   Each result has load(), which returns the page and an excerpt. hasTexts says whether it has the
   words of texts. */

const FepSearchEngines = (() => {
  const FACETS = ["status", "type", "topic"];
  const NOT_PROSE = JSON.parse(document.getElementById("search-results").dataset.notText);
  const EXCERPT_LENGTH = 220;

  // Pagefind -----------------------------------------------------------------------------------

  async function openPagefind() {
    const pagefind = await import(new URL("pagefind/pagefind.js", FepSearch.root).href);
    await pagefind.filters(); // without them, responses have no counts

    async function find(words, filter) {
      const { without = [], only, ...chosen } = filter;
      const filters = { ...chosen };
      if (only) filters.page = { any: only };
      if (without.length) filters.none = without.map((url) => ({ page: url }));
      const response = await pagefind.search(words || null, { filters });
      const results = response.results.map((result) => ({ load: () => load(result) }));
      return { results, counts: response.filters };
    }

    async function load(result) {
      const data = await result.data();
      const url = (data.raw_url ?? data.url).replace(/^\/+/, "");
      return { page: FepSearch.pageAt(url), excerpt: parseExcerpt(data.excerpt) };
    }
    return { find, hasTexts: true };
  }

  /* Keep text and <mark> of an excerpt, and no other element. */
  function parseExcerpt(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return [...body.childNodes].map((node) => {
      if (node.nodeName !== "MARK") return node.textContent;
      const mark = document.createElement("mark");
      mark.append(node.textContent);
      return mark;
    });
  }

  // Sphinx -------------------------------------------------------------------------------------

  async function openSphinx() {
    /* searchtools.js (Sphinx 8.1 to 9) would show the results itself, once doctools.js calls it
       back. Without that file, it only answers. */
    Object.assign(window, { _ready: () => {}, _: (text) => text, SPHINX_HIGHLIGHT_ENABLED: false });
    for (const path of ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"]) {
      await FepSearch.loadScript(path);
    }

    function search(words) {
      if (/^".*[0-9].*"$/.test(words)) return []; // its index has no numbers
      // Search is a constant of searchtools.js, and no property of window.
      const parsed = Search._parseQuery(words);
      const terms = [...parsed[3]];
      const urls = Search._performSearch(...parsed).reverse().map(([url]) => url);
      return [...new Set(urls)]
        .map((url) => ({ page: FepSearch.pageAt(url === "./" ? "" : url), terms }))
        .filter(({ page }) => page);
    }

    return { find: (words, filter) => select(words, filter, search), hasTexts: true };
  }

  /* Titles and numbers are found without an engine; this one knows the values of the filters. */
  function openTitles() {
    return { find: (words, filter) => select(words, filter, () => []), hasTexts: false };
  }

  // Filters of those without an index of them ---------------------------------------------------

  async function select(words, filter, search) {
    const found = words ? search(words) : FepSearch.pages.map((page) => ({ page, terms: [] }));
    const others = found.filter(({ page }) => isChosen(page, filter));
    const results = others.map((result) => ({ load: () => load(result) }));
    return { results, counts: countFacets(others.map(({ page }) => page)) };
  }

  async function load({ page, terms }) {
    return { page, excerpt: await fetchExcerpt(FepSearch.urlOf(page), terms) };
  }

  function isChosen(page, { only, without = [], kind, ...chosen }) {
    if (kind && kindOf(page) !== kind) return false;
    if (without.includes(page.url) || (only && !only.includes(page.url))) return false;
    return Object.entries(chosen).every(([facet, value]) => valuesOf(page, facet).includes(value));
  }

  function kindOf(page) {
    return page.number ? "proposal" : "page";
  }

  function valuesOf(page, facet) {
    if (facet === "topic") return page.topics;
    return page[facet] ? [page[facet]] : [];
  }

  function countFacets(pages) {
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, {}]));
    for (const page of pages) {
      for (const facet of FACETS) {
        for (const value of valuesOf(page, facet)) {
          counts[facet][value] = (counts[facet][value] ?? 0) + 1;
        }
      }
    }
    return counts;
  }

  /* The first paragraph with one of the words. Pages that are opened as files fetch nothing. */
  async function fetchExcerpt(url, terms) {
    if (location.protocol === "file:") return [];
    const response = await fetch(url);
    if (!response.ok) return [];
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = parsed.querySelector("main");
    for (const element of main?.querySelectorAll(`${NOT_PROSE}, h1`) ?? []) element.remove();
    const paragraphs = [...(main?.querySelectorAll("p, li, dd") ?? [])].map((p) => p.textContent.trim());
    const hit = paragraphs.find((text) => terms.some((term) => text.toLowerCase().includes(term)));
    return markTerms(hit ?? paragraphs[0] ?? "", terms);
  }

  function markTerms(paragraph, terms) {
    const positions = terms.map((term) => paragraph.toLowerCase().indexOf(term)).filter((at) => at >= 0);
    const first = Math.max(0, Math.min(...positions, paragraph.length) - EXCERPT_LENGTH / 2);
    const start = positions.length && first ? paragraph.indexOf(" ", first) + 1 : 0;
    const text = paragraph.slice(start, start + EXCERPT_LENGTH);
    const cut = start + EXCERPT_LENGTH < paragraph.length ? "…" : "";
    if (!terms.length) return [text, cut];
    const escaped = terms.map((term) => term.replace(/[^\p{L}\p{N}]/gu, "\\$&"));
    const parts = text.split(new RegExp(`(${escaped.join("|")})`, "iu"));
    return [start ? "…" : "", ...parts.map((part, index) => (index % 2 ? makeMark(part) : part)), cut];
  }

  function makeMark(text) {
    const mark = document.createElement("mark");
    mark.append(text);
    return mark;
  }

  /* Pagefind loads WebAssembly, which a page that is opened as a file may not. */
  async function open(engine) {
    if (engine !== "pagefind") return openSphinx();
    if (location.protocol === "file:") return openTitles();
    try {
      return await openPagefind();
    } catch (problem) {
      console.info(`pagefind: ${problem}`);
      return openTitles();
    }
  }

  return { open, FACETS };
})();
