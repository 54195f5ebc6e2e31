(function exercises() {
  // Whether an exercise is done only its reader can say: the page's own run shows the answer that is given as a start.
  const boxes = [...document.querySelectorAll("input[data-exercise]")];
  const paint = () => {
    const done = progress.read().lectures[progress.page]?.exercises ?? [];
    for (const box of boxes) box.checked = done.includes(box.dataset.exercise);
  };
  for (const box of boxes)
    box.addEventListener("change", () => progress.update(state => {
      const lecture = progress.lecture(state, progress.page);
      lecture.exercises = lecture.exercises.filter(id => id !== box.dataset.exercise);
      if (box.checked) lecture.exercises.push(box.dataset.exercise);
    }));
  addEventListener("workbook:progress", paint);
  paint();
})();
