/* What a page can do besides being read: mark the section that is on the screen in the contents,
   copy code, and link to the lines of a selection in the source. */

(() => {
  "use strict";

  const main = document.querySelector("main");
  const nav = document.querySelector("nav.contents");

  // The contents ----------------------------------------------------------------------------

  function openContents() {
    const wide = matchMedia("(min-width: 60rem)");
    const details = nav.querySelector("details");
    // Where the style sheet cannot show a closed element, it is opened beside the text.
    const follow = () => (details.open = wide.matches);
    if (!CSS.supports("selector(::details-content)")) {
      follow();
      wide.addEventListener("change", follow);
    }
    details.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) details.open = false;
    });
  }

  function markSection() {
    const links = [...nav.querySelectorAll("a[href^='#']")].filter((link) => link.hash.length > 1);
    const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let waiting = false;
    let current = null;

    const mark = () => {
      waiting = false;
      const passed = targets.findLastIndex((target) => target && target.getBoundingClientRect().top < 140);
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      const next = links[atEnd && scrollY ? links.length - 1 : passed] || null;
      if (next === current) return;
      current?.removeAttribute("aria-current");
      next?.setAttribute("aria-current", "location");
      current = next;
      const box = nav.getBoundingClientRect();
      const place = next?.getBoundingClientRect();
      if (place && (place.top < box.top || place.bottom > box.bottom)) {
        nav.scrollTop += place.top - box.top - box.height / 2;
      }
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    }, { passive: true });
    mark();
  }

  // Code ------------------------------------------------------------------------------------

  /* Prompts and output are not copied: "make html" of "$ make html". */
  function codeOf(pre) {
    const copy = pre.cloneNode(true);
    const prompts = copy.querySelector(".gp");
    for (const part of copy.querySelectorAll(".gp, .go, .linenos")) part.remove();
    const text = copy.textContent.trimEnd();
    return prompts ? text.split("\n").filter((line) => line.trim()).join("\n") : text;
  }

  function addCopyButtons() {
    for (const pre of main.querySelectorAll("div.highlight > pre")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = main.dataset.copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(codeOf(pre));
        button.textContent = main.dataset.copied;
        setTimeout(() => (button.textContent = main.dataset.copy), 2000);
      });
      pre.after(button);
    }
  }

  // Lines of the source -----------------------------------------------------------------------

  /* Offer a link to the lines of the paragraphs that are selected. */
  function offerLines() {
    const paragraphs = [...main.querySelectorAll("[data-lines]")];
    const link = Object.assign(document.createElement("a"), { className: "lines", hidden: true });
    main.append(link);

    const show = (chosen) => {
      const numbers = chosen.flatMap((one) => one.dataset.lines.split("-").map(Number));
      link.hidden = !numbers.length;
      if (link.hidden) return;
      const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
      const lines = first === last ? String(first) : `${first}–${last}`;
      link.href = main.dataset.lines.replace("{first}", first).replace("{last}", last);
      link.textContent = main.dataset.comment.replace("{lines}", lines);
      const box = chosen.at(-1).getBoundingClientRect();
      const top = main.getBoundingClientRect();
      link.style.top = `${box.bottom - top.top}px`;
      link.style.left = `${Math.max(0, box.left - top.left)}px`;
    };
    /* A triple click selects a paragraph up to the first character of the next one. */
    const touches = (range, paragraph) => range.intersectsNode(paragraph)
      && !(range.endOffset === 0 && paragraph.contains(range.endContainer));
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
      show(range ? paragraphs.filter((paragraph) => touches(range, paragraph)) : []);
    });
  }

  if (nav) openContents();
  if (nav) markSection();
  if (navigator.clipboard) addCopyButtons();
  if (main.dataset.lines) offerLines();
})();
