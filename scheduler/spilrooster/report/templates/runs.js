(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const rows = [...document.querySelectorAll(".runs tbody tr")];
  const wanted = ["room", "round", "seats"].map((name) => [name, document.getElementById(`f-${name}`)]);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    rows.forEach((row) => {
      row.hidden = !wanted.every(([name, choice]) => !choice.value || row.dataset[name] === choice.value);
    });
    status.textContent = status.dataset.text
      .replace("{shown}", number.format(rows.filter((row) => !row.hidden).length))
      .replace("{all}", number.format(rows.length));
  });
})();
