(function listing() {
  // The number before a line of source is that line's address.
  document.querySelector(".listing")?.addEventListener("click", event => {
    const line = event.target.closest(".l");
    if (line && event.target === line && event.clientX - line.getBoundingClientRect().left < parseFloat(getComputedStyle(line).paddingLeft)) location.hash = line.id;
  });
})();
