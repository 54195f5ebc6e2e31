// The nodes in a ring (two in a row) and the messages between them, each as far on its way as time has gone on.
const mostArrows = 40;

class ReplayNetwork {
  constructor(run) {
    this.run = run;
    const count = run.nodes.length, [width, height] = count < 3 ? [320, 120] : [320, 230];
    const radius = count > 8 ? 15 : 21, middle = [width / 2, height / 2];
    this.radius = radius;
    this.at = run.nodes.map((_, node) => {
      const angle = count < 3 ? Math.PI * (1 + node) : 2 * Math.PI * node / count - Math.PI / 2;
      return [middle[0] + (width / 2 - radius - 34) * Math.cos(angle), middle[1] + (height / 2 - radius - 8) * Math.sin(angle)];
    });
    this.links = svg("g", {});
    this.arrows = svg("g", {});
    this.circles = run.nodes.map((name, node) => this.circle(name, node));
    this.picture = svg("svg", { class: "rp-network", viewBox: `0 0 ${width} ${height}`, role: "img" }, this.links, this.arrows, ...this.circles.map(own => own.group));
    this.cuts = null;
  }

  circle(name, node) {
    const [x, y] = this.at[node], disc = svg("circle", { cx: x, cy: y, r: this.radius });
    const label = svg("text", { x, y: y + 4, "text-anchor": "middle" }, name.length > 6 ? name.slice(0, 5) + "…" : name);
    const group = svg("g", { class: "rp-node" }, svg("title", {}, name), disc, label);
    return { group, look: "" };
  }

  show(state, step, messages) {
    this.run.nodes.forEach((_, node) => this.showNode(state, step, node));
    if (this.cuts !== state.cuts) this.showLinks(this.cuts = state.cuts);
    const now = this.run.times[step], drawn = messages.slice(-mostArrows);
    this.arrows.replaceChildren(...drawn.map(message => this.arrow(message, step, now)));
    const words = messages.length === 0 ? "no message in flight" : `${messages.length} messages in flight`;
    this.picture.setAttribute("aria-label", `${this.run.nodes.length} nodes, ${words}`);
  }

  showNode(state, step, node) {
    const own = this.circles[node], coloured = [...state.fields[node].values()].find(slot => slot.value.kind === kindOfView.text && slot.value.hue >= 0);
    const isDown = state.down[node] >= 0, isHere = this.run.place(step) === node;
    const look = `${isDown}|${isHere}|${coloured ? coloured.value.hue : ""}`;
    if (look === own.look) return;
    own.look = look;
    own.group.setAttribute("class", `rp-node${isDown ? " rp-dead" : ""}${isHere ? " rp-here" : ""}`);
    own.group.style.setProperty("--hue", coloured && !isDown ? hue(coloured.value.hue) : "var(--rp-line)");
  }

  showLinks(cuts) {
    const isCut = new Set(cuts.map(([from, to]) => `${from} ${to}`)), lines = [];
    for (let from = 0; from < this.at.length; from++) {
      for (let to = from + 1; to < this.at.length; to++) {
        const gone = isCut.has(`${from} ${to}`) + isCut.has(`${to} ${from}`), [[x1, y1], [x2, y2]] = [this.at[from], this.at[to]];
        lines.push(svg("line", { class: gone === 2 ? "rp-link rp-cut" : gone === 1 ? "rp-link rp-halfcut" : "rp-link", x1, y1, x2, y2 }));
        if (gone > 0) lines.push(this.cross((x1 + x2) / 2, (y1 + y2) / 2));
      }
    }
    this.links.replaceChildren(...lines);
  }

  cross(x, y) { return svg("path", { class: "rp-cross", d: `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x - 5} ${y + 5}L${x + 5} ${y - 5}` }); }

  // Both ways of a link lie a little apart. The dot is where the message is; dashed is what it still has before it.
  arrow(message, step, now) {
    const [[x1, y1], [x2, y2]] = [this.at[message.from], this.at[message.to]];
    const title = svg("title", {}, `${message.detail || message.label}${message.lost ? ` (${message.lost})` : ""}`);
    if (message.from === message.to)
      return svg("g", { class: "rp-message" }, title, svg("circle", { class: "rp-dot", cx: x1 + this.radius, cy: y1 - this.radius, r: 4 }));
    const length = Math.hypot(x2 - x1, y2 - y1), [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [fromX, fromY] = [x1 + dx * this.radius - dy * 5, y1 + dy * this.radius + dx * 5], way = length - 2 * this.radius - 2;
    const sent = this.run.times[message.sent], whole = message.end < 0 ? 0 : this.run.times[message.end] - sent;
    const part = message.end === step ? (message.lost && whole === 0 ? 0.35 : 1) : message.end < 0 ? 0.5 : whole > 0 ? (now - sent) / whole : 0;
    const [x, y] = [fromX + dx * way * part, fromY + dy * way * part], [endX, endY] = [fromX + dx * way, fromY + dy * way];
    const kind = message.lost && message.end === step ? "rp-lost" : message.end === step ? "rp-arrived" : message.sent === step ? "rp-sent" : "";
    const parts = [title, svg("line", { class: "rp-ahead", x1: x, y1: y, x2: endX, y2: endY }), svg("line", { class: "rp-way", x1: fromX, y1: fromY, x2: x, y2: y })];
    const head = `M${endX} ${endY}L${endX - 7 * dx - 4 * dy} ${endY - 7 * dy + 4 * dx}L${endX - 7 * dx + 4 * dy} ${endY - 7 * dy - 4 * dx}Z`;
    parts.push(kind === "rp-lost" ? this.cross(x, y) : svg("path", { class: "rp-head", d: head }));
    if (kind !== "rp-lost" && kind !== "rp-arrived") parts.push(svg("circle", { class: "rp-dot", cx: x, cy: y, r: 3.5 }));
    return svg("g", { class: `rp-message ${kind}` }, ...parts);
  }
}
