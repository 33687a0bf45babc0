// Assignments: j and k in the list; on the sheet the total as one types, drafts kept by themselves, Ctrl+Enter.
import { autosave } from "./autosave.js";

const LINGER = 1200; // milliseconds without typing before a draft is kept

for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

const rows = [...document.querySelectorAll("[data-rows] tbody a")];
if (rows.length) document.addEventListener("keydown", move);

const sheet = document.querySelector("[data-sheet]");
if (sheet) open(sheet);

function move(event) {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const now = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(now + step, 0), rows.length - 1)].focus();
}

function open(form) {
  const status = form.querySelector("[data-status]");
  autosave(form, {
    address: form.action,
    pause: LINGER,
    told(reply, said) {
      if (reply.ok) status.textContent = `${form.dataset.kept} ${clock(said.kept_at)}`;
      else status.textContent = said.errors?.map((error) => named(form, error)).join(" ") || said.title;
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
