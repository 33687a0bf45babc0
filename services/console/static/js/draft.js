// A declaration while it is filled in: saved a moment after typing; of the lines of business only those of the type.
import { autosave } from "./autosave.js";

const PAUSE = 1500;
const form = document.querySelector("form[data-autosave]");

if (form) keepSaved(form);
narrow(document.querySelector('[name="basics.business_category"]'));

function keepSaved(form) {
  const saved = form.querySelector("[data-saved]");
  autosave(form, {
    address: form.dataset.autosave,
    pause: PAUSE,
    told(reply, said) {
      const changed = said.code === "draft_changed"; // by another window: saving goes on by hand
      if (reply.ok) form.elements.version.value = said.version;
      saved.textContent = reply.ok ? said.saved : changed ? form.dataset.changed : said.title;
      return !changed;
    },
    lost: () => (saved.textContent = form.dataset.failed),
  });
}

function narrow(categories) {
  const types = document.querySelectorAll('[name="basics.enterprise_type"]');
  if (!categories || !types.length) return;
  const show = () => {
    const type = [...types].find((one) => one.checked)?.value;
    for (const group of categories.querySelectorAll("optgroup")) {
      const fits = !type || group.dataset.type === type;
      group.hidden = group.disabled = !fits;
      if (!fits && group.contains(categories.selectedOptions[0])) categories.value = "";
    }
  };
  types.forEach((one) => one.addEventListener("change", show));
  show();
}
