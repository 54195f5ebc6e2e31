(function sections() {
  // A section is read when nearly all of it has stood in the window; what flies past on the way to somewhere else does not count.
  const article = document.querySelector("main article");
  if (progress.page === null || !article) return;
  const slices = 20;
  const enough = 0.8;
  const links = new Map([...document.querySelectorAll(".contents a")].map(link => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...article.querySelectorAll(":is(h2, h3)[id]")].filter(heading => !heading.closest(".output, .solution"));
  const parts = headings.length > 0 ? headings.map(heading => ({ id: heading.id, heading })) : [{ id: "main", heading: article }];
  for (const part of parts) part.seen = new Set();
  const isKept = id => progress.read().lectures[progress.page]?.sections.includes(id) ?? false;

  function paint() {
    for (const { id } of parts) links.get(id)?.classList.toggle("read", isKept(id));
  }

  let last = 0;
  let here = null;
  function look() {
    last = performance.now();
    if (document.visibilityState !== "visible") return;
    const read = [];
    let current = null;
    parts.forEach((part, index) => {
      const top = part.heading.getBoundingClientRect().top;
      const bottom = parts[index + 1]?.heading.getBoundingClientRect().top ?? article.getBoundingClientRect().bottom;
      if (top < innerHeight * 0.4) current = part;
      for (let slice = 0; slice < slices; slice++) {
        const middle = top + (bottom - top) * (slice + 0.5) / slices;
        if (middle >= 0 && middle <= innerHeight) part.seen.add(slice);
      }
      if (part.seen.size >= enough * slices && !isKept(part.id)) read.push(part.id);
    });
    if (read.length === 0 && current === here) return;
    here = current;
    progress.update(state => {
      const lecture = progress.lecture(state, progress.page);
      const known = new Set(parts.map(part => part.id));
      lecture.sections = [...new Set([...lecture.sections, ...read])].filter(id => known.has(id));
      const text = here && headings.length > 0 ? here.heading.firstChild?.textContent.trim() : null;
      state.last = { lecture: progress.page, section: headings.length > 0 ? here?.id ?? null : null, title: text || null, at: Date.now() };
    });
  }

  let waiting = 0;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
    if (performance.now() - last > 1500) look();
  }, { passive: true });
  addEventListener("workbook:progress", paint);
  setTimeout(look, 1000);
  paint();
})();
