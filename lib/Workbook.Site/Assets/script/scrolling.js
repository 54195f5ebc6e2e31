(function scrolling() {
  // What scrolls sideways must be reachable with the keyboard; what does not would only be in the way.
  const boxes = document.querySelectorAll("pre, .table-scroll, .output.rich");
  const mark = () => boxes.forEach(box => box.scrollWidth > box.clientWidth || box.matches(".tall") ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex"));
  addEventListener("resize", () => requestAnimationFrame(mark));
  document.addEventListener("toggle", mark, true);
  mark();
})();
