// Only in pages that `workbook serve` shows: loads a page anew when it has been made anew, and shows what went wrong.
"use strict";

(function live() {
  const { page, version } = document.currentScript.dataset;
  const notice = document.createElement("div");
  notice.setAttribute("role", "status");
  notice.hidden = true;
  Object.assign(notice.style, {
    position: "fixed", right: "1rem", bottom: "1rem", zIndex: 1000, maxWidth: "min(40rem, calc(100vw - 2rem))", maxHeight: "40vh", overflow: "auto",
    padding: ".6rem .9rem", borderRadius: ".4rem", font: "14px/1.4 system-ui, sans-serif", whiteSpace: "pre-wrap", overflowWrap: "anywhere",
    color: "#fff", background: "#8a1c1c",
  });
  document.body.append(notice);
  new EventSource("/_live/news?page=" + encodeURIComponent(page)).addEventListener("state", event => {
    const state = JSON.parse(event.data);
    if (state.version && state.version !== version) {
      location.reload();
      return;
    }
    notice.textContent = state.notice;
    notice.hidden = state.notice === "";
  });
})();
