// Slider, buttons, and the strip over the slider that shows where things happened.
const stripWidth = 600;
const speeds = [1, 2, 5, 20];

// Drawn, because many fonts lack the signs.
const icons = {
  first: "M4 3v10M13 3L6 8l7 5z", back: "M11 3L5 8l6 5z", play: "M3 2v12l11-6z", pause: "M5 3v10M11 3v10", forward: "M5 3l6 5-6 5z",
  last: "M12 3v10M3 3l7 5-7 5z", previous: "M9 3L4 8l5 5M4 8h9", next: "M7 3l5 5-5 5M12 8H3",
};

const icon = name => svg("svg", { class: "rp-icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: icons[name] }));

class ReplayControls {
  constructor(widget, title) {
    this.widget = widget;
    this.slider = element("input", "rp-slider");
    Object.assign(this.slider, { type: "range", min: 0, max: widget.count - 1, value: 0 });
    this.slider.setAttribute("aria-label", "step");
    this.slider.addEventListener("input", () => { widget.pause(); widget.move(Number(this.slider.value)); });
    this.place = element("output", "rp-place");
    this.voice = element("p", "rp-unseen");
    this.voice.setAttribute("aria-live", "polite");
    this.playButton = this.button(icon("play"), "play", () => widget.play());
    this.rate = this.select("steps a second", speeds.map(speed => [String(speed), `${speed}/s`]));
    this.rate.value = "2";
    this.mark = this.select("what to look for", [["", "any step"], ...this.markCounts()]);
    this.mark.value = this.mark.options[1]?.value ?? "";
    this.node = this.select("on which node", [["", "any node"], ...widget.runs[0].nodes.map(node => [node, node])]);
    this.said = element("span", "rp-said");
    const steps = element("span", "rp-group", this.button(icon("first"), "first step", () => widget.first()), this.button(icon("back"), "step back", () => widget.goBy(-1)), this.playButton,
      this.button(icon("forward"), "step forward", () => widget.goBy(1)), this.button(icon("last"), "last step", () => widget.last()), this.rate);
    const jumps = element("span", "rp-group", element("span", "rp-small", "Jump to"), this.mark, element("span", "rp-small", "on"), this.node,
      this.button(icon("previous"), "previous of these", () => widget.previous()), this.button(icon("next"), "next of these", () => widget.next()));
    const link = this.button("link", "link: copy the address of this step", () => this.copyAddress());
    link.classList.add("rp-link-button");
    const head = element("div", "rp-head", element("h3", "rp-title", title), link);
    this.root = element("div", "rp-controls", head, this.difference(), element("div", "rp-track", this.strip(), this.slider), this.place,
      element("div", "rp-buttons", steps, jumps, this.said), this.keys(), this.voice);
  }

  button(sign, name, action) {
    const made = element("button", "", sign);
    made.type = "button";
    made.title = name;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", action);
    return made;
  }

  select(name, choices) {
    const made = element("select", "", ...choices.map(([value, text]) => Object.assign(element("option", "", text), { value })));
    made.setAttribute("aria-label", name);
    return made;
  }

  // The system's own landmarks come first: they are what a reader asks for.
  markCounts() {
    const usual = ["property broken", "fault", "message lost", "state change", "timer", "message received"], counts = new Map();
    for (const run of this.widget.runs)
      for (const [name, flags] of run.marks) counts.set(name, (counts.get(name) ?? 0) + flags.reduce((sum, flag) => sum + flag, 0));
    this.own = [...counts.keys()].filter(name => !usual.includes(name));
    return [...this.own, ...usual.filter(name => counts.has(name))].map(name => [name, `${name} (${counted(counts.get(name))})`]);
  }

  difference() {
    const { widget } = this;
    if (widget.runs.length < 2) return "";
    if (widget.differsAt < 0) return element("p", "rp-difference", "The two runs are the same.");
    const jump = element("button", "", `step ${counted(widget.differsAt + 1)}`);
    jump.type = "button";
    jump.addEventListener("click", () => widget.difference());
    return element("p", "rp-difference", "The runs first differ in ", jump, ` (${seconds(Math.min(...widget.runs.map((run, side) => run.times[widget.steps[side][widget.differsAt]])))}).`);
  }

  // At most a few hundred strokes a kind, whatever the length of the run.
  strip() {
    const { widget } = this, kinds = [...this.own.map((name, at) => [name, hue(at), 0.5]), ["fault", "var(--rp-alarm)", 0.5], ["property broken", "var(--rp-alarm)", 1]];
    const strip = svg("svg", { class: "rp-strip", viewBox: `0 0 ${stripWidth} 10`, preserveAspectRatio: "none", "aria-hidden": "true" });
    const legend = element("p", "rp-legend");
    const stroke = (places, colour, height) => svg("path", { d: [...places].map(x => `M${x} 10V${10 - 10 * height}`).join(""), stroke: colour, "stroke-width": height === 1 ? 2.5 : 1.5, "vector-effect": "non-scaling-stroke" });
    const x = at => Math.round((widget.count > 1 ? at / (widget.count - 1) : 0) * stripWidth);
    for (const [name, colour, height] of kinds) {
      const places = new Set();
      widget.runs.forEach((run, side) => {
        const flags = run.marks.get(name);
        if (flags) widget.steps[side].forEach((step, at) => { if (flags[step]) places.add(x(at)); });
      });
      if (places.size === 0) continue;
      strip.append(stroke(places, colour, height));
      const sign = element("i", "");
      sign.style.background = colour;
      legend.append(element("span", "", sign, name), " ");
    }
    if (widget.differsAt >= 0) {
      strip.append(svg("path", { d: `M${x(widget.differsAt)} 10V0`, stroke: "currentColor", "stroke-width": 2.5, "stroke-dasharray": "3 2", "vector-effect": "non-scaling-stroke" }));
      legend.append(element("span", "", element("i", "rp-first"), "first difference"));
    }
    return element("div", "rp-strip-box", legend, strip);
  }

  keys() {
    const keys = [["← →", "one step"], ["Page ↑ ↓", "10 steps"], ["Shift Page", "100"], ["Home End", "ends"], ["Space", "play"], ["n p", "next, previous of the kind chosen"]];
    if (this.widget.differsAt >= 0) keys.push(["d", "first difference"]);
    const list = keys.flatMap(([key, what]) => [element("kbd", "", key), ` ${what} `]);
    return element("details", "rp-keys", element("summary", "", "Keys"), ...list);
  }

  async copyAddress() {
    const address = location.href.split("#")[0] + addressOf(this.widget);
    writeAddress(this.widget);
    try {
      await navigator.clipboard.writeText(address);
      this.say("The address is copied.");
    } catch { this.say(addressOf(this.widget)); }
  }

  wanted() { return { mark: this.mark.value, node: this.node.value }; }

  speed() { return Number(this.rate.value); }

  setPlaying(isPlaying) {
    this.playButton.replaceChildren(icon(isPlaying ? "pause" : "play"));
    this.playButton.title = isPlaying ? "pause" : "play";
    this.playButton.setAttribute("aria-label", this.playButton.title);
    this.voice.setAttribute("aria-live", isPlaying ? "off" : "polite");
  }

  say(text) { this.said.textContent = this.voice.textContent = text; }

  show(at) {
    const { widget } = this, time = Math.max(...widget.runs.map((run, side) => run.times[widget.steps[side][at]]));
    const left = widget.runs[0].data.leftOut, before = left > 0 ? `, after ${counted(left)} that are left out` : "";
    const text = `step ${counted(at + 1)} of ${counted(widget.count)}${before} · ${seconds(time)}`;
    this.slider.value = at;
    this.slider.setAttribute("aria-valuetext", text);
    this.place.textContent = text;
    this.said.textContent = "";
    const lines = widget.runs.map((run, side) => (run.name ? run.name + ": " : "") + run.line(widget.steps[side][at]));
    this.voice.textContent = lines.join(". ");
  }
}
