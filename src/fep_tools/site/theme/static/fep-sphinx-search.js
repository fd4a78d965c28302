/* Sphinx's search with the labels of this site. On the page for missing pages, search for the
   last words of the URL: "blueprints" for /old/blueprints.html. */

(() => {
  const results = document.getElementById("search-results");
  const labels = JSON.parse(results.dataset.labels);
  const query = "notFound" in results.dataset
    ? lastWords(location.pathname)
    : new URLSearchParams(location.search).get("q") ?? "";

  // The keys are the messages of Sphinx's searchtools.js (8.1 to 9), which it looks up later.
  const none = labels.noneFor.replace("{query}", query);
  Object.assign(Documentation.TRANSLATIONS, {
    "Search Results": labels.results,
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": none,
    "Search finished, found one page matching the search query.": [
      labels.one.replace("{number}", "1"),
      labels.some.replace("{number}", "${resultCount}"),
    ],
  });
  if (!("notFound" in results.dataset) || !query) return;

  document.addEventListener("DOMContentLoaded", () => {
    // The results are relative to the search page, which is at the top of the site.
    const root = document.documentElement.dataset.content_root;
    const makeAbsolute = () => {
      for (const link of results.querySelectorAll("a[href]:not([href^='/'])")) {
        link.setAttribute("href", root + link.getAttribute("href"));
      }
    };
    new MutationObserver(makeAbsolute).observe(results, { childList: true, subtree: true });
    document.getElementById("search-words").value = query;
    Search.performSearch(query);
  });

  function lastWords(path) {
    const last = path.replace(/(index)?\.html?$/, "").split("/").filter(Boolean).pop();
    return ((last ?? "").match(/[a-z]{2,}|[0-9]+/gi) ?? []).join(" ");
  }
})();
