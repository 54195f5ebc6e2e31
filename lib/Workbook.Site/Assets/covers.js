// Stands in the head of each page, so that what the reader has seen before is never covered for a moment, and nothing moves.
(function () {
  const root = document.documentElement;
  const open = new Set();
  const sheet = document.head.appendChild(document.createElement("style"));
  const paint = () => {
    sheet.textContent = [...open].map(cell =>
      `.js .covered[data-of="${cell}"] { display: block; } .js .cover-note[data-of="${cell}"] { display: none; }`).join("\n");
  };
  let all = false;
  let onPaper = false;
  const paintAll = () => root.classList.toggle("uncovered", all || onPaper);

  window.workbookCovers = {
    isOpen: cell => all || open.has(cell),
    open(cell) { open.add(cell); paint(); },
    close(cell) { open.delete(cell); paint(); },
    showAll(on) { all = on; paintAll(); },
  };

  try {
    const kept = JSON.parse(localStorage.getItem("workbook.progress.v1")) ?? {};
    const lecture = document.querySelector("meta[name=workbook-lecture]")?.content;
    const predictions = Object.entries(kept.lectures?.[lecture]?.predictions ?? {});
    for (const [cell, prediction] of predictions) if (prediction?.shown === true && /^[\w-]{1,64}$/.test(cell)) open.add(cell);
    all = kept.showAll === true;
  } catch { /* nothing is kept, or a browser forbids storage to file:// pages */ }
  paint();
  paintAll();

  // Paper shows everything, and its figures are drawn when they have a place.
  addEventListener("beforeprint", () => { onPaper = true; paintAll(); });
  addEventListener("afterprint", () => { onPaper = false; paintAll(); });
})();
