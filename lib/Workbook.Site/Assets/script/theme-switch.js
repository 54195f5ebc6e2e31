(function theme() {
  const root = document.documentElement;
  const group = document.getElementById("theme");
  const buttons = [...group.querySelectorAll("button")];
  const choice = () => root.dataset.theme ?? "auto";
  const mark = () => buttons.forEach(button => button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice())));
  group.addEventListener("click", event => {
    const chosen = event.target.closest("button")?.dataset.themeChoice;
    if (!chosen) return;
    if (chosen === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    try { localStorage.setItem("workbook.theme", chosen); } catch { /* not remembered, where the browser forbids it */ }
    mark();
    dispatchEvent(new Event("workbook:theme"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("workbook:theme")));
  mark();
})();
