// The pages work without this script; with it they have figures, a theme switch, copy buttons and a contents list that follows.
"use strict";

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

(function sidebar() {
  const button = document.querySelector(".menu");
  const list = document.getElementById("sidebar");
  const narrow = matchMedia("(max-width: 56rem)");
  const show = open => {
    list.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    const open = !list.classList.contains("open");
    show(open);
    if (open) (list.querySelector("[aria-current]") ?? list.querySelector("a"))?.focus();
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !list.classList.contains("open")) return;
    show(false);
    button.focus();
  });
  document.addEventListener("click", event => {
    if (narrow.matches && !list.contains(event.target) && !button.contains(event.target)) show(false);
  });
  const current = list.querySelector("[aria-current]");
  const box = list.querySelector("ol");
  if (current && current.offsetTop > box.clientHeight - 80) box.scrollTop = current.offsetTop - box.clientHeight / 2;
})();

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

(function copying() {
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.closest(".code-box").querySelector("code");
      button.textContent = (await copy(code)) ? "Copied" : "Press Ctrl+C";
      button.classList.add("done");
      setTimeout(() => { button.textContent = "Copy"; button.classList.remove("done"); }, 1600);
    });
  }
  // Pages opened from a file have no clipboard interface in some browsers; then the code is selected for the reader.
  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  }
})();

(function scrolling() {
  // What scrolls sideways must be reachable with the keyboard; what does not would only be in the way.
  const boxes = document.querySelectorAll("pre, .table-scroll, .output.rich");
  const mark = () => boxes.forEach(box => box.scrollWidth > box.clientWidth ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex"));
  addEventListener("resize", () => requestAnimationFrame(mark));
  document.addEventListener("toggle", mark, true);
  mark();
})();

(function folded() {
  // A link into something folded opens it.
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();
  // Paper cannot be unfolded.
  addEventListener("beforeprint", () => document.querySelectorAll("details:not(.solution)").forEach(fold => { fold.open = true; }));
})();

(function figures() {
  const figures = [...document.querySelectorAll("figure.figure")];
  if (figures.length > 0) window.workbookPlotly.then(() => draw(figures), () => describe(figures));

  function describe(figures) {
    for (const figure of figures) {
      const note = document.createElement("p");
      note.className = "unplotted";
      note.textContent = figure.querySelector(".plot").getAttribute("aria-label") + " (plotly.js could not be loaded.)";
      figure.querySelector(".plot").replaceChildren(note);
    }
  }
})();

function draw(figures) {
  // A probe turns the style's variables into the colours that they are just now.
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const color = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };

  const clear = "rgba(0,0,0,0)";

  // For figures that bring no template of their own, such as those of other libraries.
  function template() {
    const axis = { gridcolor: color("figure-grid"), linecolor: color("figure-axis"), tickcolor: color("figure-axis"), zerolinecolor: color("figure-axis"), automargin: true };
    return {
      layout: {
        xaxis: axis, yaxis: axis, paper_bgcolor: clear, plot_bgcolor: clear, legend: { bgcolor: clear }, margin: { l: 60, r: 24, t: 48, b: 48 },
        font: { family: getComputedStyle(document.body).fontFamily },
        colorway: ["#2b62de", "#b88a00", "#e04fa8", "#0f9a52", "#1897fa", "#c0361f", "#787878"],
      },
    };
  }

  // What follows the page's colours in every figure.
  const themed = () => ({
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    "font.color": color("text"),
    "hoverlabel.bgcolor": color("raised"),
    "hoverlabel.bordercolor": color("line-strong"),
    "hoverlabel.font.color": color("text"),
    "modebar.bgcolor": clear,
    "modebar.color": color("muted"),
    "modebar.activecolor": color("accent"),
  });

  const drawn = new Map();
  async function drawOne(figure) {
    if (drawn.has(figure)) return;
    const plot = figure.querySelector(".plot");
    const { data, layout = {}, frames = [], config = {} } = JSON.parse(figure.querySelector("script").textContent);
    const hasTemplate = Boolean(layout.template?.layout);
    drawn.set(figure, hasTemplate);
    const own = { ...layout, autosize: true, ...(!hasTemplate && { template: template() }) };
    delete own.width;

    // On a phone the tool bar would cover the title, a legend at the side would leave no room for the figure, and a long title would be cut.
    const narrow = plot.clientWidth < 520;
    if (narrow && !hasTemplate) own.legend = { ...own.legend, orientation: "h", x: 0, xanchor: "left", y: -0.28, yanchor: "top" };
    if (narrow && own.title?.text) set(own, ["title", "font", "size"], Math.max(9, Math.min(16, plot.clientWidth / (0.58 * own.title.text.length))));
    for (const [path, value] of Object.entries(themed())) set(own, path.split("."), value);
    await Plotly.newPlot(plot, { data, layout: own, frames, config: { displaylogo: false, responsive: true, ...(narrow && { displayModeBar: false }), ...config } });
    plot.dataset.drawn = "true";

    // Drawn, it is a picture with buttons: the words stay its name, the buttons can be reached, and the shapes say nothing.
    if (frames.length === 0) plot.querySelectorAll("svg.main-svg").forEach(svg => svg.setAttribute("aria-hidden", "true"));
    plot.setAttribute("role", "group");
  }

  function set(target, [name, ...rest], value) {
    if (rest.length === 0) target[name] = value;
    else set(target[name] = { ...target[name] }, rest, value);
  }

  // A figure is drawn shortly before it is seen, so that a page with many opens at once.
  const seen = new IntersectionObserver(
    entries => entries.filter(entry => entry.isIntersecting).forEach(entry => { seen.unobserve(entry.target); drawOne(entry.target); }),
    { rootMargin: "900px 0px" });
  figures.forEach(figure => seen.observe(figure));
  addEventListener("beforeprint", () => figures.forEach(drawOne));
  addEventListener("workbook:theme", () => {
    for (const [figure, hasTemplate] of drawn)
      Plotly.relayout(figure.querySelector(".plot"), { ...themed(), ...(!hasTemplate && { template: template() }) });
  });
}

(function answers() {
  // What a reader predicts stays in their browser.
  const page = location.pathname.split("/").pop();
  document.querySelectorAll("textarea.answer").forEach((box, index) => {
    const key = `workbook.answer.${page}.${index}`;
    try { box.value = localStorage.getItem(key) ?? ""; } catch { /* a browser may forbid storage to file:// pages */ }
    box.addEventListener("input", () => { try { localStorage.setItem(key, box.value); } catch { /* not remembered */ } });
  });
})();
