/* The search box of every page: "/" moves to it, and it suggests the pages that a query names.

   It is a combobox with a list, after the ARIA Authoring Practices Guide. Without this script, the
   form opens the search page. */

const FepSearchBox = (() => {
  const MAX_SUGGESTIONS = 8;
  const KEY = "fep-no-shortcut";
  const form = document.querySelector("form.site-search");
  const input = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const labels = JSON.parse(form.dataset.labels);
  let options = [];
  let active = -1;

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping || !hasShortcut()) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  input.addEventListener("focus", () => FepSearch.load().catch(() => {}));
  input.addEventListener("input", suggest);
  input.addEventListener("keydown", handleKey);
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", jump);

  /* Keys of one character must be possible to turn off: WCAG 2.1.4. */
  function hasShortcut() {
    try {
      return !localStorage.getItem(KEY);
    } catch {
      return true;
    }
  }

  function setShortcut(isOn) {
    try {
      if (isOn) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "1");
    } catch {
      // Storage is switched off in this browser.
    }
  }

  async function suggest() {
    const query = input.value.trim();
    if (!query) {
      close();
      return;
    }
    await FepSearch.load();
    if (query !== input.value.trim() || document.activeElement !== input) return;
    show(find(query));
  }

  function find(query) {
    const found = FepSearch.rank(query);
    if (found.length) return found.slice(0, MAX_SUGGESTIONS);
    const corrected = FepSearch.correct(query, FepSearch.unknownWords(query));
    return corrected && corrected !== query ? FepSearch.rank(corrected).slice(0, MAX_SUGGESTIONS) : [];
  }

  function show(pages) {
    options = pages.map(makeOption);
    active = -1;
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(Boolean(options.length)));
    input.removeAttribute("aria-activedescendant");
    const count = options.length;
    const text = count === 1 ? labels.one : count ? labels.some : labels.none;
    status.textContent = text.replace("{number}", count);
  }

  function makeOption(page, index) {
    const option = document.createElement("li");
    option.id = `fep.site-search-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(...FepSearch.describe(page));
    option.addEventListener("click", () => open(page));
    option.page = page;
    return option;
  }

  function open(page) {
    location.href = FepSearch.urlOf(page);
  }

  function close() {
    options = [];
    active = -1;
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  }

  function handleKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      const places = options.length + 1; // the last one is the input
      activate(((active < 0 ? options.length : active) + step + places) % places);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (options.length) close();
      else input.blur();
    }
  }

  function activate(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index < options.length ? index : -1;
    input.removeAttribute("aria-activedescendant");
    if (active < 0) return;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  /* Enter opens the chosen page; without one, a number opens its proposal. */
  function jump(event) {
    const page = active >= 0 ? options[active].page : named(input.value);
    if (!page) return;
    event.preventDefault();
    open(page);
  }

  function named(query) {
    if (!FepSearch.isLoaded()) return undefined;
    const { number, words } = FepSearch.parse(query);
    return number && !words.length ? FepSearch.pages.find((page) => page.number === number) : undefined;
  }

  return { hasShortcut, setShortcut };
})();
