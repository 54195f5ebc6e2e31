// Everything that is shown of one run: the drawing, what happened, the messages, the properties, the nodes, the code.
const mostMessages = 25;

class ReplayPanel {
  constructor(run) {
    this.run = run;
    this.network = new ReplayNetwork(run);
    this.line = element("p", "rp-line");
    this.also = element("ul", "rp-also");
    this.flight = element("ul", "rp-flight");
    this.flightHead = element("p", "rp-small");
    this.properties = element("ul", "rp-properties");
    this.properties.setAttribute("aria-label", "properties");
    this.rows = run.nodes.map(name => this.row(name));
    this.nodes = element("div", "rp-nodes", ...this.rows.map(row => row.root));
    this.code = element("pre", "rp-code");
    this.codePlace = element("summary", "");
    this.source = element("details", "rp-source", this.codePlace, this.code);
    this.source.open = true;
    const now = element("div", "rp-now", this.line, this.also), messages = element("div", "rp-messages", this.flightHead, this.flight);
    for (const [box, name] of [[now, "what happened"], [messages, "messages in flight"]]) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", name);
    }
    const head = run.name ? [element("h4", "rp-name", run.name)] : [];
    this.root = element("section", "rp-panel", ...head, this.properties, element("div", "rp-scene", this.network.picture, element("div", "rp-words", now, messages)), this.nodes, this.source);
    this.root.style.setProperty("--rows", head.length + 3 + this.rows.length);
    this.shownSource = undefined;
    this.shownVerdicts = "";
  }

  row(name) {
    const down = element("span", "rp-down", "down"), fields = element("span", "rp-fields"), wide = element("div", "rp-wide");
    const root = element("div", "rp-row", element("div", "rp-row-head", element("strong", "", name), down, fields), wide);
    return { root, fields, wide, slots: new Map(), isDown: null };
  }

  // Shows the state after the step; values that differ from the other run's are marked.
  show(step, other, windows) {
    const state = this.run.seek(step), messages = this.run.messagesAt(step);
    this.network.show(state, step, messages);
    this.showLine(state, step, messages);
    this.showFlight(messages, step);
    this.showProperties(state, step);
    this.rows.forEach((row, node) => this.showRow(row, state, node, other?.run.state.fields[other.run.nodes.indexOf(this.run.nodes[node])], windows));
    this.showSource(this.run.source(step));
  }

  showLine(state, step, messages) {
    this.line.replaceChildren(element("time", "", seconds(this.run.times[step])), " ", this.run.line(step));
    this.line.className = `rp-line rp-kind-${this.run.data.kinds[step]}`;
    const items = (this.run.remarks.get(step) ?? []).map(remark => element("li", "rp-remark", remark));
    for (const message of messages.filter(message => message.end === step))
      if (message.detail) items.push(element("li", "", element("code", "", message.detail), message.lost && message.sent === step ? ` lost: ${message.lost}` : ""));
    const changes = this.changes(state, step);
    if (changes.length > 0) items.push(element("li", "rp-changed", changes.join("; ")));
    const sent = new Map();
    for (const message of messages.filter(message => message.sent === step && message.end !== step))
      sent.set(message.label, [...sent.get(message.label) ?? [], this.run.nodes[message.to]]);
    for (const [label, to] of sent) items.push(element("li", "", `sends ${label} to ${[...new Set(to)].join(", ")}`));
    this.also.replaceChildren(...items);
  }

  changes(state, step) {
    if (this.run.data.kinds[step] === kindOfStep.start) return [];
    return this.run.nodes.flatMap((name, node) => {
      const own = [...state.fields[node]].filter(([, slot]) => slot.since === step).map(([field, slot]) => changeText(field, slot));
      return own.length > 0 ? [`${name}: ${own.join(", ")}`] : [];
    });
  }

  showFlight(messages, step) {
    const flying = messages.filter(message => message.end !== step), shown = flying.slice(-mostMessages).reverse();
    this.flightHead.textContent = flying.length === 0 ? "No message in flight" : flying.length === 1 ? "1 message in flight" : `${counted(flying.length)} messages in flight`;
    const items = shown.map(message => {
      const item = element("li", message.sent === step ? "rp-sent" : "", element("b", "", `${this.run.nodes[message.from]} → ${this.run.nodes[message.to]}`), ` ${message.detail || message.label}`);
      if (message.end < 0) item.append(element("small", "", " still under way when the run ends"));
      return item;
    });
    if (shown.length < flying.length) items.push(element("li", "rp-small", `and ${counted(flying.length - shown.length)} older ones`));
    this.flight.replaceChildren(...items);
  }

  showProperties(state, step) {
    const look = [...state.verdicts].map(([name, { holds, since }]) => `${name} ${holds} ${!holds && since === step}`).join("|");
    if (look === this.shownVerdicts) return;
    this.shownVerdicts = look;
    this.properties.replaceChildren(...[...state.verdicts].map(([name, { holds, since }]) => {
      const item = element("li", holds ? "rp-holds" : since === step ? "rp-broken rp-new" : "rp-broken", holds ? "✓ " : "✗ ", name);
      item.append(element("span", "rp-unseen", holds ? " holds" : " is broken"));
      return item;
    }));
  }

  showRow(row, state, node, otherFields, windows) {
    const isDown = state.down[node] >= 0, fields = state.fields[node];
    if (isDown !== row.isDown) row.root.classList.toggle("rp-dead", row.isDown = isDown);
    for (const [name, shown] of row.slots) {
      if (fields.has(name)) continue;
      shown.root.remove();
      row.slots.delete(name);
    }
    for (const [name, slot] of fields) {
      let shown = row.slots.get(name);
      const isWide = slot.value.kind >= kindOfView.table, window = windows.get(name), isNew = slot.since === state.step && this.run.data.kinds[state.step] !== kindOfStep.start;
      if (shown && shown.isWide !== isWide) {
        shown.root.remove();
        shown = undefined;
      }
      if (!shown) {
        shown = { root: element("span", "rp-field"), isWide, look: "" };
        row.slots.set(name, shown);
        (isWide ? row.wide : row.fields).append(shown.root);
      }
      const differs = otherFields !== undefined && !isSameValue(otherFields.get(name)?.value, slot.value);
      const look = `${slot.since}|${isNew}|${differs}|${window ? `${window.first} ${window.size}` : ""}`;
      if (look === shown.look) continue;
      shown.look = look;
      shown.root.className = `rp-field${isNew ? " rp-new" : ""}${differs ? " rp-differs" : ""}`;
      shown.root.title = differs ? "differs from the other run" : "";
      shown.root.replaceChildren(element("span", "rp-key", name), drawValue(slot.value, window, isNew));
    }
  }

  showSource(source) {
    const look = source ? `${source.file}:${source.line}` : "";
    if (look === this.shownSource) return;
    this.shownSource = look;
    const name = source ? source.file.lastIndexOf("/") + 1 : 0;
    this.codePlace.replaceChildren(...(source
      ? [element("b", "", `${source.file.slice(name)}:${source.line}`), " ", element("small", "", source.file.slice(0, name))]
      : [element("span", "rp-none", "no source is known for this step")]));
    const lines = source?.excerpt ? source.excerpt.split("\n") : [];
    this.code.hidden = lines.length === 0;
    this.code.replaceChildren(...lines.map((line, at) => element("span", "", element("i", "", String(source.line + at)), line, "\n")));
  }
}

// Which indexes the logs of one name show: the newest that fit, the same for all nodes of all runs.
function windowsOf(runs, space) {
  const lasts = new Map(), size = Math.max(4, Math.floor((space - 110) / 42));
  for (const fields of runs.flatMap(run => run.state.fields)) {
    for (const [name, { value }] of fields)
      if (value.kind === kindOfView.log) lasts.set(name, Math.max(lasts.get(name) ?? 0, value.first + value.cells.length - 1));
  }
  return new Map([...lasts].map(([name, last]) => [name, { first: Math.max(1, last - size + 1), size: Math.min(size, Math.max(last, 1)) }]));
}
