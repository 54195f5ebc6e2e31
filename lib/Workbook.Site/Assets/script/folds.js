(function folded() {
  // A link into something folded opens it.
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();
  // A long table stands in a box until the reader asks for all of it.
  for (const button of document.querySelectorAll(".all-rows")) button.addEventListener("click", () => {
    button.previousElementSibling.classList.remove("tall");
    button.previousElementSibling.focus();
    button.remove();
  });
  // Paper cannot be unfolded.
  addEventListener("beforeprint", () => document.querySelectorAll("details:not(.solution)").forEach(fold => { fold.open = true; }));
})();
