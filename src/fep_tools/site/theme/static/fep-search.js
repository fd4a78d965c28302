/* The search page with pagefind's index: words, and a choice by what proposals say of themselves.

   What is asked stands in the address. On the page for what is not there, the words are those
   of the address. */

const WORDS = JSON.parse(document.getElementById("search-results").dataset.words);
const AT_ONCE = 10;

const root = new URL(document.documentElement.dataset.content_root, location.href);
const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
const form = document.querySelector("form.search");
const words = form.querySelector("[name=q]");
const told = document.getElementById("search-progress");
const place = document.getElementById("search-results");
const asked = new URLSearchParams(location.search);
const choices = document.createElement("p");
const filters = await pagefind.filters();
const selects = Object.keys(WORDS.names).filter((name) => filters[name]).map(makeSelect);

choices.className = "fep-choices";
told.before(choices);
told.classList.remove("unseen");
words.value = asked.get("q") ?? lostWords();
form.addEventListener("submit", (event) => {
  if (form.getAttribute("action")) return;
  event.preventDefault();
  step();
});
for (const select of selects) select.addEventListener("change", step);
addEventListener("popstate", () => {
  const now = new URLSearchParams(location.search);
  words.value = now.get("q") ?? "";
  for (const select of selects) select.value = now.get(select.name) ?? "";
  search();
});
await search();

function makeSelect(name) {
  const select = document.createElement("select");
  select.name = name;
  select.id = `search-${name}`;
  select.add(new Option(WORDS.all, ""));
  for (const value of Object.keys(filters[name])) select.add(new Option(value, value));
  select.value = asked.get(name) ?? "";
  if (select.selectedIndex < 0) select.value = "";
  const label = document.createElement("label");
  label.htmlFor = select.id;
  label.append(WORDS.names[name]);
  const part = document.createElement("span");
  part.append(label, " ", select);
  choices.append(part);
  return select;
}

function lostWords() {
  if (!form.getAttribute("action")) return "";
  const last = location.pathname.replace(/(index)?\.html?$/, "").split("/").filter(Boolean).pop();
  return ((last ?? "").match(/[a-z]{2,}|[0-9]+/gi) ?? []).join(" ");
}

function step() {
  const now = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...now]) if (!value) now.delete(name);
  history.pushState(null, "", `${location.pathname}?${now}`);
  search();
}

async function search() {
  const chosen = selects.filter((select) => select.value);
  place.replaceChildren();
  told.textContent = "";
  if (!words.value && !chosen.length) return;
  const by = Object.fromEntries(chosen.map((select) => [select.name, select.value]));
  const { results } = await pagefind.search(words.value || null, { filters: by });
  told.textContent = results.length ? WORDS.found.replace("{count}", results.length) : WORDS.none;
  const list = document.createElement("ul");
  list.className = "search";
  place.replaceChildren(list);
  await show(list, results);
}

async function show(list, results) {
  const found = await Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));
  list.append(...found.map(makeItem));
  const rest = results.slice(AT_ONCE);
  if (!rest.length) return;
  const more = document.createElement("button");
  more.type = "button";
  more.append(WORDS.more);
  more.addEventListener("click", () => {
    more.remove();
    show(list, rest);
  });
  place.append(more);
}

function makeItem(data) {
  const item = document.createElement("li");
  const context = document.createElement("p");
  context.className = "context";
  context.append(...excerpt(data.excerpt));
  item.append(makeLink(data.raw_url ?? data.url, data.meta.title), context);
  return item;
}

function makeLink(url, title) {
  const link = document.createElement("a");
  link.href = new URL(url.replace(/^\/+/, ""), root).href;
  link.append((title ?? url).replace(/\s*¶$/, ""));
  return link;
}

/* An excerpt as text with marks, whatever else it may hold. */
function excerpt(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    const mark = document.createElement("mark");
    mark.append(node.textContent);
    return mark;
  });
}
