(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const cards = [...document.querySelectorAll(".person")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = cards.map((card) => plain(card.textContent));
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, i) => {
      card.hidden = !wanted.every((word) => texts[i].includes(word));
      shown += !card.hidden;
    });
    status.textContent = status.dataset.text.replace("{shown}", shown).replace("{all}", cards.length);
  });
})();
