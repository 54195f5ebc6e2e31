// What the reader has read, predicted and done. It is kept in this browser alone, under one key; other parts read and change it here.
const progress = (function progressStore() {
  const key = "workbook.progress.v1";
  const longestText = 20_000;
  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);
  const isName = value => typeof value === "string" && value.length > 0 && value.length <= 200;
  const isCell = value => typeof value === "string" && /^[\w-]{1,64}$/.test(value);
  const names = value => Array.isArray(value) ? [...new Set(value.filter(isName))] : [];
  const time = value => Number.isFinite(value) ? value : 0;
  const fresh = () => ({ version: 1, showAll: false, last: null, lectures: Object.create(null) });

  // Where storage is forbidden, it lasts as long as the page.
  let memory = null;

  function read() {
    if (memory) return memory;
    try {
      return clean(JSON.parse(localStorage.getItem(key)));
    } catch {
      return fresh();
    }
  }

  function write(state) {
    try {
      localStorage.setItem(key, JSON.stringify(state));
    } catch {
      memory = state;
    }
    dispatchEvent(new Event("workbook:progress"));
  }

  // Read, changed and written in one go, so that two open pages do not forget what the other has learned.
  function update(change) {
    const state = read();
    change(state);
    write(state);
  }

  function lecture(state, name) {
    return state.lectures[name] ??= { sections: [], predictions: Object.create(null), exercises: [] };
  }

  // Whatever stood in the storage or in a file: what is usable of it.
  function clean(raw) {
    const state = fresh();
    if (!isObject(raw)) return state;
    state.showAll = raw.showAll === true;
    const { lecture: name, section, title, at } = isObject(raw.last) ? raw.last : {};
    if (isName(name)) state.last = { lecture: name, section: isName(section) ? section : null, title: isName(title) ? title : null, at: time(at) };
    for (const [name, from] of Object.entries(isObject(raw.lectures) ? raw.lectures : {})) {
      if (!isName(name) || !isObject(from)) continue;
      const to = lecture(state, name);
      to.sections = names(from.sections);
      to.exercises = names(from.exercises);
      for (const [cell, prediction] of Object.entries(isObject(from.predictions) ? from.predictions : {}))
        if (isCell(cell) && isObject(prediction)) to.predictions[cell] = cleanPrediction(prediction);
    }
    return state;
  }

  function cleanPrediction(raw) {
    const pick = Number.isInteger(raw.pick) && raw.pick >= 1 && raw.pick <= 5 ? raw.pick : null;
    return { pick, text: typeof raw.text === "string" ? raw.text.slice(0, longestText) : "", shown: raw.shown === true, at: time(raw.at) };
  }

  const isAnswered = prediction => prediction.pick !== null || prediction.text.trim() !== "";

  // How much of a lecture is done; a notebook may have lost a section since.
  function count(state, name, steps) {
    const kept = state.lectures[name];
    const done = {
      sections: kept?.sections.length ?? 0,
      predictions: kept ? Object.values(kept.predictions).filter(isAnswered).length : 0,
      exercises: kept?.exercises.length ?? 0,
    };
    for (const part of Object.keys(done)) done[part] = Math.min(done[part], steps[part]);
    return done;
  }

  // Both together: nothing that either holds is lost, and of two picks the later one counts.
  function merge(mine, theirs) {
    const both = (a, b) => [...new Set([...a, ...b])];
    for (const [name, from] of Object.entries(theirs.lectures)) {
      const to = lecture(mine, name);
      to.sections = both(to.sections, from.sections);
      to.exercises = both(to.exercises, from.exercises);
      for (const [cell, prediction] of Object.entries(from.predictions)) to.predictions[cell] = mergePrediction(to.predictions[cell], prediction);
    }
    if (theirs.last && !(mine.last?.at >= theirs.last.at)) mine.last = theirs.last;
  }

  function mergePrediction(a, b) {
    if (!a) return b;
    const [earlier, later] = a.at <= b.at ? [a, b] : [b, a];
    const text = earlier.text.includes(later.text) ? earlier.text : later.text.includes(earlier.text) ? later.text : `${earlier.text}\n${later.text}`;
    return { pick: later.pick ?? earlier.pick, text: text.slice(0, longestText), shown: a.shown || b.shown, at: later.at };
  }

  const toFile = () => JSON.stringify({ ...read(), kind: "workbook progress" }, null, 1);

  // What a file holds; an error says in one sentence what is wrong with it.
  function fromFile(text) {
    let raw = null;
    try {
      raw = JSON.parse(text);
    } catch {
      throw new Error("This file was not saved by this page: it is not JSON.");
    }
    if (!isObject(raw) || raw.kind !== "workbook progress") throw new Error("This file was not saved by this page: it holds something else than progress.");
    if (raw.version !== 1) throw new Error("This file was saved by another version of these pages, which this one cannot read.");
    return clean(raw);
  }

  function forget() {
    memory = null;
    write(fresh());
  }

  addEventListener("storage", event => { if (event.key === key) dispatchEvent(new Event("workbook:progress")); });
  const page = document.querySelector("meta[name=workbook-lecture]")?.content ?? null;
  return { page, read, update, lecture, count, merge, toFile, fromFile, forget };
})();
