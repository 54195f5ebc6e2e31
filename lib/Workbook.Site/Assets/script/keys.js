(function keys() {
  // A key alone does something only while no text is written, and only as long as the reader wants it (WCAG 2.1.4).
  const kept = "workbook.keys";
  const actions = {
    "/": () => dispatchEvent(new Event("workbook:search")),
    "[": () => document.querySelector(".beside [rel=prev]")?.click(),
    "]": () => document.querySelector(".beside [rel=next]")?.click(),
    "?": open,
  };
  let dialog;

  function wanted() {
    try { return localStorage.getItem(kept) !== "off"; } catch { return true; }
  }

  addEventListener("workbook:keys", open);
  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      actions["/"]();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !Object.hasOwn(actions, event.key) || !wanted()) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    event.preventDefault();
    actions[event.key]();
  });

  function open() {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "keys";
      dialog.className = "keys";
      dialog.setAttribute("aria-labelledby", "keys-title");
      dialog.innerHTML = `
        <h2 id="keys-title">Keys</h2>
        <dl>
          <div><dt><kbd>/</kbd> or <kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>Search</dd></div>
          <div><dt><kbd>[</kbd> <kbd>]</kbd></dt><dd>Previous and next lecture</dd></div>
          <div><dt><kbd>?</kbd></dt><dd>This list</dd></div>
          <div><dt><kbd>Esc</kbd></dt><dd>Close what is open</dd></div>
        </dl>
        <label><input type="checkbox"> Keys without <kbd>Ctrl</kbd> work</label>
        <form method="dialog"><button>Close</button></form>`;
      document.body.append(dialog);
      const box = dialog.querySelector("input");
      box.checked = wanted();
      box.addEventListener("change", () => { try { localStorage.setItem(kept, box.checked ? "on" : "off"); } catch { /* not remembered */ } });
      dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
    }
    if (!dialog.open) dialog.showModal();
  }
})();
