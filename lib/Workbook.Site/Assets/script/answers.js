(function answers() {
  // What a reader predicts stays in their browser.
  const page = location.pathname.split("/").pop();
  document.querySelectorAll("textarea.answer").forEach((box, index) => {
    const key = `workbook.answer.${page}.${index}`;
    try { box.value = localStorage.getItem(key) ?? ""; } catch { /* a browser may forbid storage to file:// pages */ }
    box.addEventListener("input", () => { try { localStorage.setItem(key, box.value); } catch { /* not remembered */ } });
  });
})();
