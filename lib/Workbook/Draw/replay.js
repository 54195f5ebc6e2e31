// The widget: one run, or two in lock step by time, and what a reader steps through them with.
function positionsOf(runs, difference) {
  const [left, right] = runs;
  if (!right) return [Array.from({ length: left.count }, (_, at) => at)];
  // Up to the first difference the steps of both go together; from there on, those that are at the same time.
  const common = difference < 0 ? Math.min(left.count, right.count) : difference, at = [[], []];
  let [one, other] = [-1, -1];
  while (one + 1 < left.count || other + 1 < right.count) {
    const [next, nextOther] = [left.times[one + 1] ?? Infinity, right.times[other + 1] ?? Infinity], isCommon = one + 1 < common;
    const isLeft = isCommon || next <= nextOther, isRight = isCommon || nextOther <= next;
    if (isLeft) one++;
    if (isRight) other++;
    at[0].push(Math.max(one, 0));
    at[1].push(Math.max(other, 0));
  }
  return at;
}

class ReplayWidget {
  constructor(root, data) {
    hues = data.hues;
    this.root = root;
    this.runs = data.runs.map(run => new ReplayRun(run, data.texts));
    this.steps = positionsOf(this.runs, data.difference);
    this.count = this.steps[0].length;
    this.differsAt = data.difference < 0 ? -1 : this.firstPosition(data.difference);
    this.position = 0;
    this.panels = this.runs.map(run => new ReplayPanel(run));
    this.controls = new ReplayControls(this, data.title);
    const panels = element("div", `rp-panels${this.runs.length > 1 ? " rp-two" : ""}`, ...this.panels.map(panel => panel.root));
    root.replaceChildren(this.controls.root, panels);
    root.tabIndex = 0;
    listenToKeys(this);
    this.show();
    listenToAddress(this);
    new ResizeObserver(() => this.fit()).observe(panels);
  }

  // Where one of the runs has come to the step in which they differ.
  firstPosition(step) {
    for (let at = 0; at < this.count; at++)
      if (this.steps.some((own, run) => own[at] === step && step < this.runs[run].count)) return at;
    return this.count - 1;
  }

  go(position) {
    this.position = Math.max(0, Math.min(this.count - 1, position));
    this.show();
  }

  // What a reader does, as opposed to what an address asks for, is written into the address.
  move(position) {
    if (Math.max(0, Math.min(this.count - 1, position)) === this.position) return;
    this.go(position);
    writeAddress(this);
  }

  goBy(steps) {
    this.pause();
    this.move(this.position + steps);
  }

  first() { this.goBy(-this.count); }

  last() { this.goBy(this.count); }

  difference() { if (this.differsAt >= 0) this.goBy(this.differsAt - this.position); }

  next() { this.jump(1); }

  previous() { this.jump(-1); }

  jump(by) {
    for (let at = this.position + by; at >= 0 && at < this.count; at += by)
      if (this.isWanted(at)) return this.goBy(at - this.position);
    this.controls.say(by > 0 ? "There is none after this step." : "There is none before this step.");
  }

  // A position is looked for when one of the runs makes a step there that carries the mark, on the node that was chosen.
  isWanted(at) {
    const { mark, node } = this.controls.wanted();
    return this.runs.some((run, side) => {
      const step = this.steps[side][at];
      if (at > 0 && this.steps[side][at - 1] === step) return false;
      return (mark === "" || run.marks.get(mark)?.[step]) && (node === "" || run.nodes[run.place(step)] === node);
    });
  }

  play() { return this.playing ? this.pause() : this.playOn(); }

  playOn() {
    if (this.position === this.count - 1) this.go(0);
    this.controls.setPlaying(true);
    const tick = () => {
      this.move(this.position + 1);
      const isEnd = this.position === this.count - 1 || this.position === this.differsAt || this.breaksHere();
      if (isEnd) this.pause();
      else this.playing = setTimeout(tick, 1000 / this.controls.speed());
    };
    this.playing = setTimeout(tick, 1000 / this.controls.speed());
  }

  pause() {
    if (!this.playing) return;
    clearTimeout(this.playing);
    this.playing = 0;
    this.controls.setPlaying(false);
  }

  breaksHere() { return this.runs.some((run, side) => run.marks.get("property broken")?.[this.steps[side][this.position]]); }

  fit() {
    const space = this.panels[0].root.clientWidth;
    if (space === this.space) return;
    this.space = space;
    this.show();
  }

  show() {
    const at = this.position;
    this.runs.forEach((run, side) => run.seek(this.steps[side][at]));
    const windows = windowsOf(this.runs, this.space ?? 600);
    this.panels.forEach((panel, side) => panel.show(this.steps[side][at], this.panels[1 - side], windows));
    this.panels.forEach((panel, side) => panel.root.classList.toggle("rp-waits", at > 0 && this.steps[side][at - 1] === this.steps[side][at]));
    this.controls.show(at);
  }
}

function workbookReplay(hash) {
  document.querySelectorAll(`.wb-replay[data-replay="${hash}"]:not([data-drawn])`).forEach(place => {
    place.dataset.drawn = "true";
    // Two replays of one name on a page: the second is told apart by a number.
    const name = place.id;
    for (let more = 2; document.getElementById(place.id) !== place; more++) place.id = `${name}-${more}`;
    const began = performance.now(), data = JSON.parse(place.querySelector("script[type='application/json']").textContent);
    place.replay = new ReplayWidget(place, data);
    place.replay.openedIn = performance.now() - began;
  });
}
