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
