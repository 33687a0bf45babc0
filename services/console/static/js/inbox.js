// The inbox by keyboard, and its boxes all at once.
import { onKeys } from "./keys.js";
import "./phrases.js";

const rows = [...document.querySelectorAll("[data-row]")];
const boxes = [...document.querySelectorAll("[name=task]")];
const all = document.querySelector("[data-all]");
const selected = document.querySelector("[data-selected]");
const help = document.querySelector("[data-keys]");

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  if (selected) selected.textContent = ticked ? `${selected.dataset.words} ${ticked}` : "";
  if (!all) return;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function move(step) {
  const at = rows.findIndex((row) => row.closest("tr").contains(document.activeElement));
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}

function tick() {
  const box = document.activeElement.closest("tr")?.querySelector("[name=task]");
  if (!box) return;
  box.checked = !box.checked;
  count();
}

const actions = { j: () => move(1), k: () => move(-1), x: tick, "?": () => help.showModal() };

onKeys(actions, () => help.open);
document.querySelector("[data-help]").addEventListener("click", () => help.showModal());
all?.addEventListener("change", () => {
  for (const box of boxes) box.checked = all.checked;
  count();
});
for (const box of boxes) box.addEventListener("change", count);
window.addEventListener("pageshow", count);
