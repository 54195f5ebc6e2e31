(function predictions() {
  // The reader picks or writes, and what happens is uncovered. Looking without a guess is one click or key away.
  const covers = window.workbookCovers;
  const boxes = [...document.querySelectorAll(".prediction[data-cell]")];
  const covered = cell => [...document.querySelectorAll(`.covered[data-of="${cell}"]`)];
  const paints = new Map();
  const linked = new Set();
  takeOver(boxes);
  for (const box of boxes) prepare(box);

  function prepare(box) {
    const cell = box.dataset.cell;
    const answer = Number(box.dataset.answer) || null;
    const picks = [...box.querySelectorAll("input[type=radio]")];
    const text = box.querySelector("textarea");
    const reveal = box.querySelector(".reveal");
    const kept = () => progress.read().lectures[progress.page]?.predictions[cell] ?? { pick: null, text: "", shown: false, at: 0 };
    const keep = change => progress.update(state => {
      progress.lecture(state, progress.page).predictions[cell] = { ...kept(), ...change, at: Date.now() };
    });
    const isDone = () => kept().shown || (!reveal && kept().pick !== null);
    const picked = () => Number(picks.find(pick => pick.checked)?.value) || null;

    function commit() {
      keep({ pick: picked(), shown: true });
      uncover(cell);
    }

    let wasDone = false;
    function paint() {
      const { pick, text: guess } = kept();
      const done = isDone();
      if (done || wasDone) picks.forEach(input => { input.checked = Number(input.value) === pick; });
      if (text && document.activeElement !== text) text.value = guess;
      for (const input of picks) {
        const [value, choice] = [Number(input.value), input.closest(".choice")];
        const isRight = done && value === answer;
        const isWrong = done && answer !== null && value === pick && pick !== answer;
        choice.classList.toggle("right", isRight);
        choice.classList.toggle("wrong", isWrong);
        choice.querySelector(".mark").textContent = isRight ? "✓ so it is" : isWrong ? "✗ your guess" : "";
        if (reveal) input.setAttribute("aria-disabled", String(done));
      }
      if (reveal) {
        reveal.textContent = done ? "Cover it, and predict again" : "Show what happens";
        reveal.hidden = !done && covers.isOpen(cell);
      }
      box.querySelector(".said").textContent = done ? said(pick, guess) : "";
      wasDone = done;
    }

    function said(pick, guess) {
      if (answer !== null && pick !== null) return pick === answer ? "You were right." : "Not so. Can you say why?";
      return pick !== null || guess.trim() !== "" ? "Compare it with what happens." : "Shown without a guess.";
    }

    // With the arrow keys one only walks through the choices: Space, Enter or the button takes one.
    let isWalking = false;
    box.querySelector(".choices")?.addEventListener("keydown", event => {
      isWalking = event.key.startsWith("Arrow");
      if (event.key !== "Enter" || !event.target.matches("input")) return;
      event.preventDefault();
      if (picked() && !isDone()) commit();
    });
    for (const pick of picks) {
      pick.addEventListener("click", event => {
        if (reveal && isDone()) event.preventDefault();
        else if (!isWalking) commit();
        isWalking = false;
      });
      pick.addEventListener("keydown", event => { if (event.key === " " && pick.checked && !isDone()) commit(); });
    }
    reveal?.addEventListener("click", () => {
      if (!isDone()) return commit();
      linked.delete(cell);
      keep({ pick: null, shown: false });
    });
    text?.addEventListener("input", () => keep({ text: text.value }));
    paints.set(cell, paint);
    paint();
  }

  function uncover(cell) {
    covers.open(cell);
    paints.get(cell)?.();
    // What was made while it had no place finds out how wide it is now.
    dispatchEvent(new Event("resize"));
    for (const part of covered(cell)) part.querySelectorAll(".js-plotly-plot").forEach(plot => window.Plotly?.Plots.resize(plot));
  }

  document.addEventListener("click", event => {
    const note = event.target.closest(".uncover")?.closest(".cover-note");
    if (!note) return;
    document.querySelector(`.prediction[data-cell="${note.dataset.of}"] .reveal`).click();
    const [first] = covered(note.dataset.of);
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  });

  // A link into what is covered, or to a cell whose result is, shows it.
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    for (const part of document.querySelectorAll(".covered")) {
      const names = [...part.querySelectorAll("[id]")].map(element => element.id);
      const isMeant = part.closest(".cell")?.id === id || names.some(name => id === name || id.startsWith(name + "-"));
      if (!isMeant || covers.isOpen(part.dataset.of)) continue;
      linked.add(part.dataset.of);
      uncover(part.dataset.of);
    }
  }
  addEventListener("hashchange", follow);
  follow();

  addEventListener("workbook:progress", () => {
    const state = progress.read();
    covers.showAll(state.showAll);
    for (const [cell, paint] of paints) {
      if (state.lectures[progress.page]?.predictions[cell]?.shown || linked.has(cell)) covers.open(cell);
      else covers.close(cell);
      paint();
    }
  });

  // Older pages kept a guess under its place on the page.
  function takeOver(boxes) {
    try {
      boxes.forEach((box, index) => {
        const old = `workbook.answer.${location.pathname.split("/").pop()}.${index}`;
        const text = localStorage.getItem(old);
        if (text === null) return;
        localStorage.removeItem(old);
        if (!text.trim()) return;
        progress.update(state => {
          const all = progress.lecture(state, progress.page).predictions;
          all[box.dataset.cell] ??= { pick: null, text, shown: false, at: 0 };
        });
      });
    } catch { /* nothing is kept where the browser forbids it */ }
  }
})();
