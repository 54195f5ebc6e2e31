// Stands in the head of each page and runs before anything is painted, so that the colours never flash.
(function () {
  let choice = null;
  try { choice = localStorage.getItem("workbook.theme"); } catch { /* a browser may forbid storage to file:// pages */ }
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  document.documentElement.classList.add("js");
})();
