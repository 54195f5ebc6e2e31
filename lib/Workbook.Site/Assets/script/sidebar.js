(function sidebar() {
  const button = document.querySelector(".menu");
  const list = document.getElementById("sidebar");
  if (!list) return;
  const narrow = matchMedia("(max-width: 56rem)");
  const show = open => {
    list.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    const open = !list.classList.contains("open");
    show(open);
    if (open) (list.querySelector("[aria-current]") ?? list.querySelector("a"))?.focus();
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !list.classList.contains("open")) return;
    show(false);
    button.focus();
  });
  document.addEventListener("click", event => {
    if (narrow.matches && !list.contains(event.target) && !button.contains(event.target)) show(false);
  });
  const current = list.querySelector("[aria-current]");
  const box = list.querySelector("ol");
  if (current && current.offsetTop > box.clientHeight - 80) box.scrollTop = current.offsetTop - box.clientHeight / 2;
})();
