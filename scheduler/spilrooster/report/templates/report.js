(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const cards = [...document.querySelectorAll(".person")];
  const number = new Intl.NumberFormat(document.documentElement.lang);
  // "Andre" finds "André".
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  // Choices that were not met do not count: a search for a session finds who is there.
  const textOf = (card) =>
    plain(card.querySelector("summary").textContent + " " + card.querySelector("tbody").textContent);
  let texts;

  const search = () => {
    texts ??= cards.map(textOf);
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, i) => {
      const hit = wanted.every((word) => texts[i].includes(word));
      card.hidden = !hit;
      shown += hit;
    });
    status.textContent = status.dataset.text
      .replace("{shown}", number.format(shown))
      .replace("{all}", number.format(cards.length));
  };

  const openLinked = () => {
    const card = document.getElementById(location.hash.slice(1));
    if (!card?.matches(".person")) return;
    card.hidden = false;
    card.open = true;
    card.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", search);
  addEventListener("hashchange", openLinked);
  openLinked();
})();
