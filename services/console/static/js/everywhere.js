// What every page does with scripts: errors take the focus unless the address names a place, a form is sent once, and
// what was typed is not lost on the way to another page.
import "./unsent.js";

const WAIT = 10_000; // milliseconds after which a form may be sent again, if the page is still there

if (!location.hash) document.querySelector("[data-focus]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // Not at once: a button that can't be pressed is not sent.
  setTimeout(() => press(form, false));
  setTimeout(() => free(form), WAIT);
});

// Coming back by the back button, the form may be sent again.
window.addEventListener("pageshow", () => [...document.forms].forEach(free));

function free(form) {
  if (!form.dataset.sent) return;
  delete form.dataset.sent;
  press(form, true);
}

// Buttons that were off before stay off.
function press(form, may) {
  for (const button of form.querySelectorAll("button")) {
    if (may && button.dataset.waits) button.disabled = false;
    if (may) delete button.dataset.waits;
    else if (!button.disabled) {
      button.disabled = true;
      button.dataset.waits = "yes";
    }
  }
}
