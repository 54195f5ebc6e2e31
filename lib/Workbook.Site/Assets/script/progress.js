(function progressShown() {
  // The rings of the lectures, and the first page's share of the whole course.
  const states = [...document.querySelectorAll(".sidebar .state")];
  const lectures = states.map(element => ({
    element,
    name: element.dataset.lecture,
    link: element.closest("a"),
    steps: { sections: Number(element.dataset.sections), predictions: Number(element.dataset.predictions), exercises: Number(element.dataset.exercises) },
  }));
  const dialog = document.getElementById("progress");
  if (!dialog) return;
  const sum = counts => counts.sections + counts.predictions + counts.exercises;
  const titleOf = lecture => lecture.link.children[1].textContent;

  function words(done, steps) {
    if (sum(done) === 0) return "not begun";
    return [["sections", "read"], ["predictions", "made"], ["exercises", "done"]]
      .filter(([part]) => steps[part] > 0).map(([part, verb]) => `${done[part]} of ${steps[part]} ${part} ${verb}`).join(", ");
  }

  function paint() {
    const state = progress.read();
    let [done, all] = [0, 0];
    for (const lecture of lectures) {
      const counts = progress.count(state, lecture.name, lecture.steps);
      const share = sum(counts) / sum(lecture.steps);
      done += sum(counts);
      all += sum(lecture.steps);
      lecture.element.classList.toggle("begun", share > 0);
      lecture.element.classList.toggle("done", share === 1);
      lecture.element.querySelector(".part").setAttribute("stroke-dasharray", `${100 * share} 200`);
      lecture.element.querySelector(".words").textContent = `, ${words(counts, lecture.steps)}`;
      lecture.element.title = words(counts, lecture.steps);
      paintRow(lecture, counts);
    }
    const percent = all === 0 ? 0 : done === all ? 100 : Math.min(99, Math.ceil(100 * done / all));
    document.querySelectorAll(".percent").forEach(element => { element.textContent = done > 0 ? `${percent} %` : ""; });
    dialog.querySelector(".show-all").checked = state.showAll;
    paintFirstPage(state, done, percent);
  }

  function paintRow(lecture, counts) {
    const row = [...dialog.querySelectorAll("tr[data-lecture]")].find(row => row.dataset.lecture === lecture.name);
    for (const cell of row.querySelectorAll("[data-part]")) {
      const part = cell.dataset.part;
      cell.textContent = lecture.steps[part] > 0 ? `${counts[part]} of ${lecture.steps[part]}` : "–";
    }
  }

  function paintFirstPage(state, done, percent) {
    const course = document.querySelector(".course");
    if (!course) return;
    course.querySelector(".course-bar").value = percent;
    course.querySelector(".course-said").textContent = done > 0 ? `You have read and done ${percent} % of the course.` : "You have not begun yet.";
    const lecture = lectures.find(lecture => lecture.name === state.last?.lecture);
    const link = course.querySelector(".go-on");
    const { section, title } = lecture ? state.last : {};
    link.href = (lecture ?? lectures[0]).link.getAttribute("href") + (section ? `#${encodeURIComponent(section)}` : "");
    link.textContent = !lecture ? `Begin with ${titleOf(lectures[0])}` : `Go on where you stopped: ${titleOf(lecture)}${title ? `, “${title}”` : ""}`;
  }

  addEventListener("workbook:progress", paint);
  paint();
})();
