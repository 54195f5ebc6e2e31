// Keys, and the place in the page's address.

// What a key does: how far it goes, or a word for the widget. Shift makes pages ten times as long.
function keyMeaning(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const page = event.shiftKey ? 100 : 10;
  const known = {
    ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: page, PageDown: -page, Home: "first", End: "last",
    " ": "play", n: "next", p: "previous", d: "difference",
  };
  return known[event.key] ?? null;
}

function listenToKeys(widget) {
  widget.root.addEventListener("keydown", event => {
    const on = event.target, meaning = keyMeaning(event);
    if (meaning === null || on.matches("select, input:not([type=range]), textarea, a")) return;
    // Where a box scrolls or a button waits, the keys that scroll and press keep their own meaning.
    const isBox = on.matches(".rp-now, .rp-messages, .rp-code, .rp-wide"), isVertical = /^(Arrow(Up|Down)|Page|Home|End| )/.test(event.key);
    if ((isBox && isVertical) || (event.key === " " && on.matches("button, summary"))) return;
    event.preventDefault();
    if (typeof meaning === "number") widget.goBy(meaning);
    else widget[meaning]();
  });
}

// #replay-ID-120 leads to step 120 of the widget with that name, and to no other. Only the widget that was stepped last writes its place
// there, and not more often than browsers allow.
function listenToAddress(widget) {
  const read = () => {
    const found = /^#replay-(.+)-(\d+)$/.exec(location.hash);
    if (!found || `replay-${found[1]}` !== widget.root.id) return;
    for (let fold = widget.root.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    widget.go(Number(found[2]) - 1);
    widget.root.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", read);
  read();
}

let waitingAddress = 0;

function writeAddress(widget) {
  clearTimeout(waitingAddress);
  waitingAddress = setTimeout(() => {
    try { history.replaceState(history.state, "", addressOf(widget)); } catch { /* an editor's page may have no address to write to */ }
  }, 300);
}

const addressOf = widget => `#${widget.root.id}-${widget.position + 1}`;
