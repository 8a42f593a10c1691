(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const runs = [...document.querySelectorAll(".run")];
  const blocks = [...document.querySelectorAll(".block")];
  const none = document.querySelector(".none");
  const all = new Set(runs.map((run) => run.dataset.session)).size;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  // "cafe" finds "café".
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = runs.map((run) => plain(run.textContent));
  const choices = [...form.querySelectorAll("select")];

  const apply = () => {
    const words = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    const wanted = choices.filter((choice) => choice.value !== "");
    const shown = new Set();
    runs.forEach((run, i) => {
      const hit = wanted.every((choice) => run.dataset[choice.name] === choice.value)
        && words.every((word) => texts[i].includes(word));
      run.hidden = !hit;
      if (hit) shown.add(run.dataset.session);
    });
    const filtered = words.length > 0 || wanted.length > 0;
    for (const block of blocks) {
      const mine = block.querySelectorAll(".run");
      block.hidden = filtered && [...mine].every((run) => run.hidden);
    }
    none.hidden = shown.size > 0 || !filtered;
    status.textContent = status.dataset.text
      .replace("{shown}", number.format(shown.size))
      .replace("{all}", number.format(all));
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
