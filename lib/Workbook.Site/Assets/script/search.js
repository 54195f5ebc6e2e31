(function search() {
  const button = document.getElementById("find");
  if (!button) return;
  const assets = new URL(".", document.currentScript.src);
  const most = 60;
  let dialog, input, list, count, opening, options = [], active = -1;

  button.addEventListener("click", open);
  addEventListener("workbook:search", open);

  function open() {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    input.select();
    opening ??= load().then(find => { opening.find = find; show(); }, () => { count.textContent = "The search index could not be loaded; it lies in the site's folder assets."; });
  }

  function build() {
    dialog = element("dialog", { id: "search", class: "search", "aria-label": "Search" });
    dialog.innerHTML = `
      <div class="search-box">
        <input type="search" role="combobox" aria-expanded="false" aria-controls="search-results" aria-autocomplete="list" aria-label="Search text, code and headings"
          placeholder="Text, code or a heading" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go">
        <button type="button" class="search-close">Close</button>
      </div>
      <p class="search-count" role="status"></p>
      <div class="search-results" id="search-results" role="listbox" aria-label="Results"></div>
      <p class="search-keys"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Esc</kbd> close <button type="button" class="search-help">All keys</button></p>`;
    document.body.append(dialog);
    input = dialog.querySelector("input");
    list = dialog.querySelector(".search-results");
    count = dialog.querySelector(".search-count");
    input.addEventListener("input", show);
    input.addEventListener("keydown", key);
    dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
    dialog.querySelector(".search-help").addEventListener("click", () => { dialog.close(); dispatchEvent(new Event("workbook:keys")); });
    dialog.addEventListener("click", event => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
  }

  // Scripts are all that a page opened from a file may load.
  async function load() {
    await script("search-index.js");
    const { engine, pages, records } = window.workbookSearch;
    const documents = records.map(([page, section, id, text, code], number) => ({ id: number, title: pages[page][1], section, text, code, href: pages[page][0] + (id && "#" + encodeURIComponent(id)) }));
    const find = engine && await script(engine).then(() => ranked(documents), () => null) || plain(documents);
    return words => find(words).map(found => ({ ...documents[found.id], terms: found.terms }));
  }

  function script(name) {
    return new Promise((done, failed) => document.head.append(Object.assign(document.createElement("script"), { src: new URL(name, assets), onload: done, onerror: failed })));
  }

  function ranked(documents) {
    // RaftCluster is found by its parts, too.
    const split = text => MiniSearch.getDefault("tokenize")(text).flatMap(word => {
      const parts = word.split(/(?<=[a-z\d])(?=[A-Z])/);
      return parts.length > 1 ? [word, ...parts] : [word];
    });
    const index = new MiniSearch({
      fields: ["title", "section", "text", "code"], tokenize: split,
      searchOptions: { tokenize: MiniSearch.getDefault("tokenize"), combineWith: "AND", prefix: true, boostDocument: number => documents[number].href.startsWith("source/") ? 0.5 : 1, fuzzy: term => term.length > 4 ? 0.2 : false, boost: { title: 2, section: 4 } },
    });
    index.addAll(documents);
    return words => index.search(words);
  }

  // Without the engine: all words must be there, headings come first.
  function plain(documents) {
    const texts = documents.map(({ title, section, text, code }) => [title + "\n" + section, text + "\n" + code].map(part => part.toLowerCase()));
    return words => {
      const terms = words.toLowerCase().split(/\s+/).filter(Boolean);
      const score = ([heading, body]) => terms.reduce((sum, term) => sum && (heading.includes(term) ? sum + 4 : body.includes(term) ? sum + 1 : 0), 1);
      return texts.map((text, id) => ({ id, terms, score: score(text) })).filter(found => found.score > 0).sort((a, b) => b.score - a.score);
    };
  }

  function show() {
    const words = input.value.trim();
    options = [];
    choose(-1);
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    if (!opening?.find) { count.textContent = "Loading the index…"; return; }
    if (!words) { count.textContent = ""; return; }
    const found = opening.find(words);
    const pages = new Map();
    for (const one of found.slice(0, most)) {
      const page = one.href.split("#")[0];
      if (!pages.has(page)) pages.set(page, []);
      pages.get(page).push(one);
    }
    let number = 0;
    for (const [page, places] of pages) {
      const name = element("div", { class: "search-page", id: `search-page-${number}` }, places[0].title);
      if (page.startsWith("source/")) name.append(element("span", { class: "search-kind" }, "source"));
      const group = element("div", { role: "group", "aria-labelledby": name.id }, name);
      for (const place of places) group.append(option(place, number++));
      list.append(group);
    }
    input.setAttribute("aria-expanded", String(found.length > 0));
    count.textContent = found.length === 0 ? `Nothing was found for “${words}”. Try fewer or shorter words.`
      : (found.length === 1 ? "1 place" : `${found.length} places`) + (pages.size === 1 ? " on 1 page" : ` on ${pages.size} pages`) + (found.length > most ? `, the best ${most} of them below` : "");
    list.scrollTop = 0;
    if (found.length > 0) choose(0);
  }

  function option(place, number) {
    const link = element("a", { role: "option", id: `search-option-${number}`, href: new URL("../" + place.href, assets), tabindex: "-1", "aria-selected": "false" });
    const line = element("span", { class: "search-section" });
    marked(line, place.section || place.title, place.terms);
    if (place.code) line.append(element("span", { class: "search-kind" }, "code"));
    const snippet = element("span", { class: place.code ? "search-snippet search-code" : "search-snippet" });
    marked(snippet, excerpt(place.code || place.text, place.terms, Boolean(place.code)), place.terms);
    link.append(line, snippet);
    link.addEventListener("pointermove", () => choose(number, false));
    options.push(link);
    return link;
  }

  // The part of a text around the first word that was looked for; of code whole lines.
  function excerpt(text, terms, isCode) {
    const place = Math.max(0, text.search(pattern(terms)));
    if (isCode) return text.slice(text.lastIndexOf("\n", place) + 1).split("\n", 2).join("\n");
    const from = place < 60 ? 0 : text.indexOf(" ", place - 60) + 1;
    return (from > 0 ? "… " : "") + text.slice(from, from + 170) + (text.length > from + 170 ? " …" : "");
  }

  function marked(target, text, terms) {
    let position = 0;
    for (const match of text.matchAll(pattern(terms))) {
      target.append(text.slice(position, match.index), element("mark", {}, match[0]));
      position = match.index + match[0].length;
    }
    target.append(text.slice(position));
  }

  function pattern(terms) {
    const words = [...terms].sort((a, b) => b.length - a.length).map(term => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(words.length === 0 ? "(?!)" : words.join("|"), "gi");
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length > 0) choose((active + step + options.length) % options.length);
    else if (event.key === "Escape") dialog.close(); // A browser would first empty the box.
    else if (event.key === "Enter" && !event.isComposing) options[active]?.click();
    else return;
    event.preventDefault();
  }

  function choose(number, scrolls = true) {
    options[active]?.setAttribute("aria-selected", "false");
    active = number;
    const link = options[active];
    if (!link) return input.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", link.id);
    if (scrolls) link.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  }
})();
