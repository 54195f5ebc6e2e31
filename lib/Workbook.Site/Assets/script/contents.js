(function contents() {
  const links = new Map([...document.querySelectorAll(".contents a")].map(link => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map(id => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  if (headings.length === 0) return;
  const fold = document.querySelector(".contents details");
  const wide = matchMedia("(min-width: 80.01rem)");
  const unfold = () => { fold.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  let marked = null;
  let waiting = false;
  const mark = () => {
    waiting = false;
    let current = headings[0];
    for (const heading of headings) if (heading.getBoundingClientRect().top < innerHeight * 0.25) current = heading;
    const link = links.get(encodeURIComponent(current.id)) ?? links.get(current.id);
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
  };
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
  mark();
})();
