(function symbols() {
  // What a name in code is, shown to whoever points at it, reaches it with the tab key, or touches it.
  const data = document.getElementById("symbols");
  if (!data) return;
  let table = null, tip = null, shown = null, waiting = 0;

  const markOf = event => event.target.closest?.("[data-s]");
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch" || tip?.contains(event.target)) return clearTimeout(waiting);
    const mark = markOf(event);
    clearTimeout(waiting);
    if (mark !== shown) waiting = setTimeout(() => mark ? show(mark) : hide(), mark ? 250 : 200);
  });
  document.addEventListener("focusin", event => { const mark = markOf(event); if (mark?.matches(":focus-visible")) show(mark); else hide(); });
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  // The first touch tells what a name is; the second follows its link.
  let touched = false;
  document.addEventListener("pointerdown", event => { touched = event.pointerType === "touch"; });
  document.addEventListener("click", event => {
    const mark = markOf(event);
    if (!touched) return;
    if (mark && mark !== shown) { event.preventDefault(); show(mark); }
    else if (!mark && !tip?.contains(event.target)) hide();
  });
  addEventListener("resize", hide);

  function show(mark) {
    hide();
    table ??= JSON.parse(data.textContent);
    const [declaration, summary] = table[Number(mark.dataset.s)];
    if (!tip) {
      tip = document.createElement("div");
      tip.id = "symbol-tip";
      tip.className = "symbol-tip";
      tip.setAttribute("role", "tooltip");
    }
    const code = document.createElement("code");
    code.textContent = declaration;
    tip.replaceChildren(code);
    if (summary) {
      const words = document.createElement("p");
      words.textContent = summary;
      tip.append(words);
    }
    document.body.append(tip);
    const box = mark.getClientRects()[0], edge = 8;
    tip.style.left = Math.max(edge, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - edge)) + scrollX + "px";
    const fits = box.bottom + tip.offsetHeight + edge < innerHeight || box.top < tip.offsetHeight + edge;
    tip.style.top = (fits ? box.bottom + 4 : box.top - tip.offsetHeight - 4) + scrollY + "px";
    mark.setAttribute("aria-describedby", tip.id);
    shown = mark;
  }

  function hide() {
    clearTimeout(waiting);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip?.remove();
  }
})();
