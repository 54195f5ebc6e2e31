// One run, decoded: the state at any step, the messages in flight, and what is to be found where. Knows nothing of the page.
// A state is moved forward by applying what each step changes; to go back, one starts from the nearest state that was kept before.
const keptEvery = 128;
const kindOfStep = { start: 1, delivery: 2, loss: 3, timer: 4, fault: 5 };
const kindOfView = { text: 0, number: 1, list: 2, table: 3, log: 4 };

function decodeView(texts, numbers) {
  const [kind, ...rest] = numbers;
  if (kind === kindOfView.text) return { kind, text: texts[rest[0]], hue: rest[1] };
  if (kind === kindOfView.number) return { kind, text: String(rest[0]), hue: -1 };
  if (kind === kindOfView.list) return { kind, items: rest.map(item => texts[item]) };
  const width = rest[0], columns = rest.slice(1, 1 + width).map(column => texts[column]), rows = [];
  for (let at = 1 + width; at < rest.length; at += 1 + width)
    rows.push({ name: texts[rest[at]], cells: rest.slice(at + 1, at + 1 + width) });
  return { kind, columns, rows };
}

class ReplayRun {
  constructor(data, texts) {
    this.texts = texts;
    this.data = data;
    this.name = data.name;
    this.count = data.lines.length;
    this.nodes = data.nodes.map(node => texts[node]);
    this.times = new Float64Array(this.count);
    for (let at = 0, time = 0; at < this.count; at++) this.times[at] = time += data.times[at];
    this.views = data.views.map(view => decodeView(texts, view));
    this.kept = [];
    this.readMessages();
    this.readMarks();
    this.state = this.empty();
    this.seek(0);
  }

  line(step) { return this.texts[this.data.lines[step]]; }

  place(step) { return this.data.places[step]; }

  source(step) {
    const code = this.data.codes[step];
    if (code < 0) return null;
    const [file, line, excerpt] = this.data.sources[code];
    return { file: this.texts[file], line, excerpt: excerpt < 0 ? "" : this.texts[excerpt] };
  }

  // Messages by number, each with the steps of its sending and of its end; and for every block of steps, which are under way as it begins.
  readMessages() {
    const flat = this.data.messages, texts = this.texts;
    this.messages = [];
    this.sentIn = new Int32Array(this.count + 1);
    this.underWay = Array.from({ length: Math.ceil(this.count / keptEvery) }, () => []);
    for (let at = 0, step = 0; at < flat.length; at += 7) {
      step += flat[at + 4];
      const end = flat[at + 5] < 0 ? -1 : step + flat[at + 5];
      this.messages.push({
        from: flat[at], to: flat[at + 1], label: texts[flat[at + 2]], detail: texts[flat[at + 3]],
        sent: step, end, lost: flat[at + 6] < 0 ? null : texts[flat[at + 6]],
      });
      this.sentIn[step + 1]++;
      const last = end < 0 ? this.underWay.length - 1 : Math.floor(end / keptEvery);
      for (let block = Math.floor(step / keptEvery) + 1; block <= last; block++) this.underWay[block].push(this.messages.length - 1);
    }
    for (let step = 0; step < this.count; step++) this.sentIn[step + 1] += this.sentIn[step];
  }

  // Sent by then, and not ended before: what arrives in the step itself is among them.
  messagesAt(step) {
    const block = Math.floor(step / keptEvery), found = [];
    const take = message => { if (message.end < 0 || message.end >= step) found.push(message); };
    for (const number of this.underWay[block]) take(this.messages[number]);
    for (let at = this.sentIn[block * keptEvery]; at < this.sentIn[step + 1]; at++) take(this.messages[at]);
    return found;
  }

  // For each name under which a reader may look for steps, a flag a step; broken properties and the kinds of steps come by themselves.
  readMarks() {
    this.marks = new Map();
    this.remarks = new Map();
    this.breaks = new Map();
    this.properties = [];
    for (let step = 0; step < this.count; step++) {
      const kind = this.data.kinds[step];
      if (kind === kindOfStep.fault) this.mark("fault", step);
      if (kind === kindOfStep.loss) this.mark("message lost", step);
      if (kind === kindOfStep.timer) this.mark("timer", step);
      if (kind === kindOfStep.delivery) this.mark("message received", step);
      this.operations(step, (code, a, b) => {
        if (code === 5 && !this.properties.includes(this.texts[a])) this.properties.push(this.texts[a]);
        if (code === 5 && !b) {
          this.mark("property broken", step);
          if (!this.breaks.has(this.texts[a])) this.breaks.set(this.texts[a], step);
        }
        if (code === 7) this.mark(this.texts[a], step);
        if (code === 8) this.remarks.set(step, [...this.remarks.get(step) ?? [], this.texts[a]]);
        if (code < 3 && kind !== kindOfStep.start) this.mark("state change", step);
      });
    }
  }

  mark(name, step) {
    if (!this.marks.has(name)) this.marks.set(name, new Uint8Array(this.count));
    this.marks.get(name)[step] = 1;
  }

  // Calls back with each operation of a step: its code, its first two arguments, and where the rest of its arguments stand.
  operations(step, found) {
    const numbers = this.data.steps[step];
    for (let at = 0; at < numbers.length;) {
      const code = numbers[at];
      found(code, numbers[at + 1], numbers[at + 2], numbers, at);
      at += code === 0 ? 3 : code === 1 ? 4 : code === 2 ? 7 + 2 * numbers[at + 6] : code === 5 ? 3 : code === 6 ? 2 + 2 * numbers[at + 1] : 2;
    }
  }

  empty() { return { step: -1, fields: this.nodes.map(() => new Map()), down: this.nodes.map(() => -1), verdicts: new Map(), cuts: [] }; }

  copy(state) {
    const slot = ([name, { value, before, since }]) => [name, { value: value.kind === kindOfView.log ? { ...value, cells: value.cells.slice() } : value, before, since }];
    return {
      step: state.step, fields: state.fields.map(own => new Map([...own].map(slot))),
      down: state.down.slice(), verdicts: new Map(state.verdicts), cuts: state.cuts,
    };
  }

  // The state after the step. The same object every time, moved.
  seek(step) {
    const near = step >= this.state.step && step - this.state.step < keptEvery;
    if (!near) {
      const block = Math.floor(step / keptEvery);
      while (this.kept.length <= block) {
        const next = this.kept.length === 0 ? this.empty() : this.copy(this.kept[this.kept.length - 1]);
        while (next.step < this.kept.length * keptEvery) this.forward(next);
        this.kept.push(next);
      }
      this.state = this.copy(this.kept[block]);
    }
    while (this.state.step < step) this.forward(this.state);
    return this.state;
  }

  forward(state) {
    const step = ++state.step;
    this.operations(step, (code, a, b, numbers, at) => {
      if (code === 0) state.fields[a].delete(this.texts[b]);
      else if (code === 1) this.put(state.fields[a], this.texts[b], this.views[numbers[at + 3]], step);
      else if (code === 2) this.putLog(state.fields[a], this.texts[b], numbers, at + 3, step);
      else if (code === 3) state.down[a] = step;
      else if (code === 4) state.down[a] = -1;
      else if (code === 5) state.verdicts.set(this.texts[a], { holds: b === 1, since: step });
      else if (code === 6) state.cuts = Array.from({ length: a }, (_, cut) => [numbers[at + 2 + 2 * cut], numbers[at + 3 + 2 * cut]]);
    });
  }

  put(fields, name, value, step) { fields.set(name, { value, before: fields.get(name)?.value ?? null, since: step }); }

  // A log grows in place; what it was before is told by its length and by the first cell that is new.
  putLog(fields, name, numbers, at, step) {
    const [first, kept, committed, added] = numbers.slice(at, at + 4);
    const old = fields.get(name)?.value, log = old?.kind === kindOfView.log ? old : { kind: kindOfView.log, cells: [], first, committed: 0 };
    const before = { length: log.cells.length, first: log.first, committed: log.committed, isNew: log !== old };
    log.cells.splice(0, Math.max(0, first - log.first));
    log.cells.length = Math.min(kept, log.cells.length);
    for (let cell = 0; cell < added; cell++)
      log.cells.push({ term: numbers[at + 4 + 2 * cell], label: this.texts[numbers[at + 5 + 2 * cell]] });
    Object.assign(log, { first, committed, before, freshFrom: first + kept });
    fields.set(name, { value: log, before: null, since: step });
  }
}
