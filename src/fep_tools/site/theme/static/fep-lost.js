/* The page for what is not there: look for the words at the end of the address. */

document.addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement.dataset.content_root;
  const place = document.getElementById("search-results");
  const words = location.pathname.replace(/(index)?\.html?$/, "").split("/").filter(Boolean).pop();
  const query = (words ?? "").match(/[a-z]{2,}|[0-9]+/gi)?.join(" ");
  if (!query) return;
  // Sphinx's search links from the top of the site, where its own page is.
  const mend = () => {
    for (const link of place.querySelectorAll("a[href]:not([href^='/'])")) {
      link.setAttribute("href", root + link.getAttribute("href"));
    }
  };
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });
  document.getElementById("search-words").value = query;
  Search.performSearch(query);
});
