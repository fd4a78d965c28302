/* The search page with pagefind: words, and filters by what proposals have in their headers.

   The query is in the URL. On the page for missing pages, it is the last words of the URL. */

const results = document.getElementById("search-results");
const LABELS = JSON.parse(results.dataset.labels);
const PAGE_SIZE = 10;

const root = new URL(document.documentElement.dataset.content_root, location.href);
const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
const form = document.querySelector("form.search");
const input = form.querySelector("[name=q]");
const status = document.getElementById("search-progress");
const parameters = new URLSearchParams(location.search);
const filterBox = document.createElement("p");
const filters = await pagefind.filters();
const selects = Object.keys(LABELS.names).filter((name) => filters[name]).map(makeSelect);

filterBox.className = "fep-choices";
status.before(filterBox);
status.classList.remove("unseen");
input.value = parameters.get("q") ?? lastWords();
form.addEventListener("submit", (event) => {
  if (form.getAttribute("action")) return;
  event.preventDefault();
  submit();
});
for (const select of selects) select.addEventListener("change", submit);
addEventListener("popstate", () => {
  const current = new URLSearchParams(location.search);
  input.value = current.get("q") ?? "";
  for (const select of selects) select.value = current.get(select.name) ?? "";
  search();
});
await search();

function makeSelect(name) {
  const select = document.createElement("select");
  select.name = name;
  select.id = `search-${name}`;
  select.add(new Option(LABELS.all, ""));
  for (const value of Object.keys(filters[name])) select.add(new Option(value, value));
  select.value = parameters.get(name) ?? "";
  if (select.selectedIndex < 0) select.value = "";
  const label = document.createElement("label");
  label.htmlFor = select.id;
  label.append(LABELS.names[name]);
  const part = document.createElement("span");
  part.append(label, " ", select);
  filterBox.append(part);
  return select;
}

function lastWords() {
  if (!("notFound" in results.dataset)) return "";
  const last = location.pathname.replace(/(index)?\.html?$/, "").split("/").filter(Boolean).pop();
  return ((last ?? "").match(/[a-z]{2,}|[0-9]+/gi) ?? []).join(" ");
}

function submit() {
  const current = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...current]) if (!value) current.delete(name);
  history.pushState(null, "", `${location.pathname}?${current}`);
  search();
}

async function search() {
  const selected = selects.filter((select) => select.value);
  results.replaceChildren();
  status.textContent = "";
  if (!input.value && !selected.length) return;
  const chosen = Object.fromEntries(selected.map((select) => [select.name, select.value]));
  const response = await pagefind.search(input.value || null, { filters: chosen });
  status.textContent = describe(response.results.length);
  const list = document.createElement("ul");
  list.className = "search";
  results.replaceChildren(list);
  await show(list, response.results);
}

function describe(count) {
  if (count) return (count === 1 ? LABELS.one : LABELS.some).replace("{number}", count);
  return input.value ? LABELS.noneFor.replace("{query}", input.value) : LABELS.none;
}

async function show(list, remaining) {
  const data = await Promise.all(remaining.slice(0, PAGE_SIZE).map((result) => result.data()));
  list.append(...data.map(makeItem));
  const rest = remaining.slice(PAGE_SIZE);
  if (!rest.length) return;
  const more = document.createElement("button");
  more.type = "button";
  more.append(LABELS.more);
  more.addEventListener("click", () => {
    more.remove();
    show(list, rest);
  });
  results.append(more);
}

function makeItem(data) {
  const item = document.createElement("li");
  const context = document.createElement("p");
  context.className = "context";
  context.append(...parseExcerpt(data.excerpt));
  item.append(makeLink(data.raw_url ?? data.url, data.meta.title), context);
  return item;
}

function makeLink(url, title) {
  const link = document.createElement("a");
  link.href = new URL(url.replace(/^\/+/, ""), root).href;
  link.append((title ?? url).replace(/\s*¶$/, ""));
  return link;
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
