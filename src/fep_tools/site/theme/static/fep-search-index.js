/* Titles and numbers: which pages a query names, and how its words are spelled.

   The box on every page and the search page use it. The data is a script, since pages that are
   opened as files may not fetch anything. It is loaded when the first search begins. */

const FepSearch = (() => {
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const STOP_WORDS = new Set("a an and as at by for from in is it of on or the to with".split(" "));
  const LEVELS = { number: 3, title: 2, words: 1 };
  let data = null;
  let loading = null;

  function loadScript(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(path, root).href;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`cannot load ${path}`));
      document.head.append(script);
    });
  }

  function load() {
    loading ??= loadScript("searchpages.js");
    return loading;
  }

  /* The script searchpages.js calls this. */
  function setPages(pages) {
    data = pages;
    data.byUrl = new Map(data.pages.map((page) => [page.url, page]));
    const label = data.acronym.toLowerCase();
    for (const page of data.pages) {
      page.words = split(page.title).filter((word) => word !== label && word !== page.number);
    }
    data.wordSet = new Set(data.words);
  }

  function split(text) {
    return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  }

  /* The number in "17", "RFC 17", "rfc-0017" or "RFC 17: Async views"; the rest of the words. */
  function parse(query) {
    const acronym = data.acronym.replace(/[^\p{L}\p{N}]/gu, "\\$&");
    const labelled = new RegExp(`(?:^|[^\\p{L}\\p{N}])${acronym}[\\s#-]*0*(\\d+)(?![\\p{L}\\p{N}])`, "iu");
    const match = query.match(labelled) ?? query.match(/^\s*#?0*(\d+)\s*$/);
    const rest = match ? query.replace(match[0], " ") : query;
    const words = split(rest).filter((word) => word !== data.acronym.toLowerCase());
    const telling = words.filter((word) => !STOP_WORDS.has(word));
    return { number: match ? match[1] : "", words: telling.length ? telling : words };
  }

  /* "blueprint" finds "blueprints", "Blueprints" and "blueprint". */
  function isSame(word, other) {
    if (other.startsWith(word)) return true;
    return word.startsWith(other) && other.length > 3 && word.length - other.length < 3;
  }

  /* The pages that a query names by number or title, the best first; proposals before pages. */
  function rank(query) {
    const { number, words } = parse(query);
    const found = [];
    for (const page of data.pages) {
      const score = scoreOf(page, number, words);
      if (score) found.push({ page, score });
    }
    found.sort((a, b) => b.score - a.score);
    return found.map((match) => match.page);
  }

  function scoreOf(page, number, words) {
    const kind = page.number ? 10 : 0;
    if (number && page.number === number) return kind + LEVELS.number;
    const hits = words.filter((word) => page.words.some((own) => isSame(word, own))).length;
    if (!hits) return 0;
    const telling = page.words.filter((word) => !STOP_WORDS.has(word));
    const covered = telling.filter((own) => words.some((word) => isSame(word, own))).length;
    const hasTitle = covered === telling.length && covered > 1;
    if (hits < words.length && !hasTitle) return 0;
    const exact = words.filter((word) => page.words.includes(word)).length;
    const level = hits === words.length && covered === telling.length ? LEVELS.title : LEVELS.words;
    return kind + level + (0.6 * covered) / telling.length + (0.2 * hits + 0.1 * exact) / words.length;
  }

  // Spelling -----------------------------------------------------------------------------------

  function isKnown(word) {
    return data.wordSet.has(word) || data.words.some((known) => isSame(word, known));
  }

  /* The query with the words of *typos* replaced by the nearest words of titles and abstracts. */
  function correct(query, typos, limit = 2) {
    let corrected = query;
    for (const typo of typos) {
      const nearest = nearestWord(typo, typo.length < 6 ? 1 : limit);
      if (!nearest) return "";
      corrected = corrected.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${typo}(?![\\p{L}\\p{N}_])`, "giu"), () => nearest);
    }
    return corrected;
  }

  function unknownWords(query) {
    return parse(query).words.filter((word) => /^\p{L}{4,}$/u.test(word) && !isKnown(word));
  }

  /* The words are sorted: of two that are equally near, the first is in more texts. */
  function nearestWord(typo, limit) {
    let best = "";
    let least = limit + 1;
    for (const word of data.words) {
      if (Math.abs(word.length - typo.length) >= least) continue;
      const distance = editDistance(typo, word, least);
      if (distance < least) [best, least] = [word, distance];
    }
    return best;
  }

  /* Insertions, deletions, substitutions and swaps of neighbours ("optimal string alignment"). */
  function editDistance(a, b, limit) {
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_value, index) => index)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  // What both show -----------------------------------------------------------------------------

  function urlOf(page) {
    return new URL(page.url, root).href;
  }

  /* A page as a link and its status. */
  function describe(page) {
    const parts = [document.createElement("span")];
    parts[0].append(page.title);
    if (page.status) {
      const status = document.createElement("span");
      status.className = `fep-status fep-status-${page.stage}`;
      status.append(page.status);
      parts.push(" ", status);
    }
    return parts;
  }

  return {
    root, load, loadScript, setPages, parse, rank, unknownWords, correct, urlOf, describe,
    isLoaded: () => data !== null,
    pageAt: (url) => data.byUrl.get(url),
    get pages() { return data.pages; },
  };
})();
