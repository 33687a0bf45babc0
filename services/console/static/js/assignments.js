// Assignments: j and k in the list; on the sheet the total as one types, drafts kept by themselves, Ctrl+Enter.
import { autosave } from "./autosave.js";
import { onKeys } from "./keys.js";

const LINGER = 1200; // milliseconds without typing before a draft is kept

for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

const rows = [...document.querySelectorAll("[data-rows] tbody a")];
if (rows.length) onKeys({ j: () => move(1), k: () => move(-1) });

const sheet = document.querySelector("[data-sheet]");
if (sheet) open(sheet);

function move(step) {
  const now = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(now + step, 0), rows.length - 1)].focus();
}

function open(form) {
  const status = form.querySelector("[data-status]");
  autosave(form, {
    address: form.action,
    pause: LINGER,
    told(reply, said) {
      const changed = said.code === "draft_changed"; // by another window: saving goes on by hand
      if (reply.ok) form.elements.replaces.value = said.kept_at;
      if (reply.ok) status.textContent = `${form.dataset.kept} ${clock(said.kept_at)}`;
      else if (changed) status.textContent = form.dataset.changed;
      else status.textContent = said.errors?.map((error) => named(form, error)).join(" ") || said.title;
      return !changed;
    },
    lost: () => (status.textContent = form.dataset.lost),
  });
  form.addEventListener("input", () => showTotal(form));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[data-submit]"));
  });
  showTotal(form);
}

// The weighted percentage of what counts so far.
function showTotal(form) {
  let total = 0;
  for (const field of form.querySelectorAll("[data-weight]")) {
    const points = Number(field.value.trim() || NaN);
    const most = Number(field.dataset.most);
    if (points >= 0 && points <= most) total += (Number(field.dataset.weight) * points) / most;
  }
  form.querySelector("[data-total]").textContent = String(Math.round(total * 100 + 1e-7) / 100);
}

function named(form, error) {
  const label = form.elements[error.field]?.labels?.[0]?.textContent ?? error.field;
  return `${label}: ${error.message}`;
}

function clock(moment) {
  return new Date(moment).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
}
