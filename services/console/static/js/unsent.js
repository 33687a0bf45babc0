// What was typed and not sent: the page asks before it is left; the other language takes it along.
const TEXTS = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=password], [type=file])";
const language = document.querySelector("form.language");

// Typed now, or drawn again by the server because it could not be sent or was wrong.
function hasUnsent(form) {
  if (form.method !== "post" || form.dataset.sent || form.matches("[data-draft]")) return false;
  if (form.elements.unsent || form.querySelector("[aria-invalid]")) return true;
  return [...form.querySelectorAll(TEXTS)].some((field) => field.value !== field.defaultValue);
}

window.addEventListener("beforeunload", (event) => {
  if ([...document.forms].some(hasUnsent)) event.preventDefault();
});

// Before the form is sent, whose fields are then complete.
language?.addEventListener("submit", () => {
  const form = [...document.forms].find(hasUnsent) ?? previewed();
  if (!form) return;
  take("action", new URL(form.action).pathname);
  take("typed", new URLSearchParams(texts(form)));
  form.dataset.sent = "yes";
});

// A preview answers a form and has its fields hidden: they are what was typed.
function previewed() {
  return document.querySelector("main[data-answer] form[method=post]:has([name=step], [name=task])");
}

function texts(form) {
  const secret = new Set([...form.querySelectorAll("[type=password]")].map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

function take(name, value) {
  const field = language.elements[name] ?? language.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}
