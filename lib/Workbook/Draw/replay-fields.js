// Values as parts of the page.
let hues = [];

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function svg(tag, attributes, ...content) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

const hue = number => hues[((number % hues.length) + hues.length) % hues.length];

// Ticks of 100 ns as seconds, with no more digits than the run needs.
const seconds = ticks => `${(ticks / 1e7).toFixed(6).replace(/(\.\d{3}\d*?)0+$/, "$1")} s`;

const counted = number => number.toLocaleString("en");

function valueText(value) {
  if (value.kind === kindOfView.list) return value.items.length === 0 ? "none" : value.items.join(" ");
  if (value.kind === kindOfView.table) return value.rows.map(row => `${row.name} ${row.cells.join(" ")}`).join("; ");
  return value.text;
}

function isSameValue(one, other) {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind !== other.kind) return false;
  if (one.kind !== kindOfView.log) return valueText(one) === valueText(other);
  return one.first === other.first && one.committed === other.committed && one.cells.length === other.cells.length
    && one.cells.every((cell, at) => cell.term === other.cells[at].term && cell.label === other.cells[at].label);
}

// What a step did to a field, in words: 2 → 3.
function changeText(name, slot) {
  const { value, before } = slot;
  if (value.kind === kindOfView.table) return tableChange(name, value, before);
  if (value.kind !== kindOfView.log) return before === null || before.kind !== value.kind ? `${name} ${valueText(value)}` : `${name} ${valueText(before)} → ${valueText(value)}`;
  const was = value.before, last = value.first + value.cells.length, said = [];
  if (was.isNew) return `${name} ${value.cells.length === 0 ? "empty" : `${value.cells.length} entries`}`;
  const gone = was.first + was.length - Math.max(value.freshFrom, was.first), added = last - value.freshFrom;
  if (gone > 0) said.push(`loses ${gone}`);
  if (added > 0) said.push(`gains ${added}`);
  if (value.first > was.first) said.push(`snapshot up to ${value.first - 1}`);
  if (value.committed !== was.committed) said.push(`committed ${was.committed} → ${value.committed}`);
  return `${name} ${said.join(", ")}`;
}

// matchIndex[s2] 4 → 5, as long as rows and columns are the same and few cells differ.
function tableChange(name, value, before) {
  const shape = table => table.columns.join(" ") + "|" + table.rows.map(row => row.name).join(" ");
  if (before?.kind !== value.kind || shape(before) !== shape(value)) return name;
  const said = value.rows.flatMap((row, at) => row.cells.flatMap((cell, column) => {
    const was = before.rows[at].cells[column];
    return was === cell ? [] : [`${row.name}[${value.columns[column]}] ${was} → ${cell}`];
  }));
  return said.length > 3 ? name : said.join(", ");
}

function drawValue(value, window, isFresh) {
  if (value.kind === kindOfView.list) return drawList(value);
  if (value.kind === kindOfView.table) return drawTable(value);
  if (value.kind === kindOfView.log) return drawLog(value, window, isFresh);
  if (value.hue < 0) return element("b", "rp-plain", value.text);
  const word = element("b", "rp-word", value.text);
  word.style.setProperty("--hue", hue(value.hue));
  return word;
}

function drawList(value) {
  if (value.items.length === 0) return element("b", "rp-plain rp-none", "none");
  return element("span", "rp-list", ...value.items.flatMap(item => [element("b", "rp-item", item), " "]));
}

function drawTable(value) {
  const head = element("tr", "", element("th", "", ""), ...value.columns.map(column => element("th", "", column)));
  const rows = value.rows.map(row => element("tr", "", element("th", "", row.name), ...row.cells.map(cell => element("td", "", String(cell)))));
  return element("table", "rp-table", element("thead", "", head), element("tbody", "", ...rows));
}

// The cells of a log from window.first on; the logs of all nodes show the same indexes under each other.
function drawLog(log, window, isFresh) {
  const last = log.first + log.cells.length - 1, row = element("span", "rp-log");
  row.setAttribute("role", "img");
  row.setAttribute("aria-label", `entries ${log.first} to ${last}, committed up to ${log.committed}: ` + log.cells.slice(-12).map(cell => `${cell.term} ${cell.label}`).join(", "));
  for (let index = window.first; index < window.first + window.size; index++) {
    const cell = log.cells[index - log.first];
    if (index < log.first && index > 0) row.append(element("span", "rp-cell rp-snapshot", element("i", "", String(index))));
    else if (cell === undefined) row.append(element("span", "rp-cell rp-gap"));
    else {
      const made = element("span", "rp-cell", element("i", "", String(index)), element("b", "", String(cell.term)), element("small", "", cell.label));
      made.style.setProperty("--hue", hue(cell.term - 1));
      made.title = `index ${index}, term ${cell.term}${cell.label ? ": " + cell.label : ""}, ${index <= log.committed ? "committed" : "not known to be committed"}`;
      if (index <= log.committed) made.classList.add("rp-committed");
      if (isFresh && index >= log.freshFrom) made.classList.add("rp-new");
      row.append(made);
    }
  }
  const earlier = Math.min(window.first - 1, last), note = last < window.first && last > 0 ? `ends at ${last}` : earlier > 0 ? `${counted(earlier)} before` : "";
  const whole = element("span", "rp-logline", row);
  if (note) whole.append(element("small", "rp-note", note));
  if (last < log.first) whole.append(element("small", "rp-note", log.first > 1 ? `empty after ${log.first - 1}` : "empty"));
  return whole;
}
