/* The colours that the reader chose. This runs before the page is drawn, so that nothing flashes. */

(() => {
  "use strict";

  const KEY = "fep-theme";
  const CHOICES = ["", "light", "dark"];
  const root = document.documentElement;
  let chosen = "";
  try {
    chosen = localStorage.getItem(KEY) || "";
  } catch {
    // Some browsers keep nothing for local files.
  }

  function apply() {
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    // The colours of code are a style sheet for each scheme.
    for (const link of document.querySelectorAll("link[media*=prefers-color-scheme], link[data-scheme]")) {
      link.dataset.scheme ||= link.media.includes("dark") ? "dark" : "light";
      link.media = chosen ? (chosen === link.dataset.scheme ? "all" : "not all")
        : `(prefers-color-scheme: ${link.dataset.scheme})`;
    }
  }

  apply();
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".site-theme");
    if (!button) return;
    const label = () => button.setAttribute("aria-label", button.dataset[chosen || "system"]);
    label();
    button.title = button.getAttribute("aria-label");
    button.hidden = false;
    button.addEventListener("click", () => {
      chosen = CHOICES[(CHOICES.indexOf(chosen) + 1) % CHOICES.length];
      try {
        localStorage.setItem(KEY, chosen);
      } catch {
        // The choice then lasts for this page.
      }
      apply();
      label();
      button.title = button.getAttribute("aria-label");
    });
  });
})();
