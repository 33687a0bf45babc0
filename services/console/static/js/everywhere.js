// What every page does with scripts: errors take the focus unless the address names a place, a form is sent once.
if (!location.hash) document.querySelector("[data-focus]")?.focus();

for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
  });
}

// Coming back by the back button, the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
