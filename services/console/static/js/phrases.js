// A chosen set phrase is written into the opinion, where it can be changed; its verdict is chosen with it.
const phrases = document.querySelector("[data-phrases]");

phrases?.addEventListener("change", () => {
  const option = phrases.selectedOptions[0];
  const form = phrases.form;
  if (!phrases.value) return;
  form.elements.opinion.value = phrases.value;
  const chosen = [...form.querySelectorAll("[name=verdict]")].find((one) => one.value === option.dataset.verdict);
  if (chosen) chosen.checked = true;
});
