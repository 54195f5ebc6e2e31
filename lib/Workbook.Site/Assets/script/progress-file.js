(function progressDialog() {
  // The dialog: saved to a file, added from one, forgotten.
  const dialog = document.getElementById("progress");
  if (!dialog) return;
  const find = name => dialog.querySelector(name);
  const said = text => { find(".said").textContent = text; };
  const sure = isAsked => {
    find(".sure").hidden = !isAsked;
    find(isAsked ? ".keep" : ".forget").focus();
  };

  for (const button of document.querySelectorAll(".open-progress"))
    button.addEventListener("click", () => {
      said("");
      find(".sure").hidden = true;
      dialog.showModal();
      dispatchEvent(new Event("resize"));
      document.getElementById("progress-title").focus();
    });
  find(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  find(".show-all").addEventListener("change", event => progress.update(state => { state.showAll = event.target.checked; }));

  find(".save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([progress.toFile()], { type: "application/json" }));
    link.download = `workbook-progress-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    said(`Saved as ${link.download}.`);
  });

  const file = find("input[type=file]");
  find(".take").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      if (chosen.size > 5_000_000) throw new Error("This file was not saved by this page: it is far too large.");
      const theirs = progress.fromFile(await chosen.text());
      progress.update(state => progress.merge(state, theirs));
      said(`Added what ${chosen.name} holds; nothing that was here is lost.`);
    } catch (error) {
      said(error.message);
    }
    file.value = "";
  });

  find(".forget").addEventListener("click", () => sure(true));
  find(".keep").addEventListener("click", () => sure(false));
  find(".really").addEventListener("click", () => {
    progress.forget();
    sure(false);
    said("Everything is forgotten.");
  });
})();
