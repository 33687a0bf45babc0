// What scripts add to the ministry's pages: set phrases put in place, and picking of rows.
// Without scripts the button sends the form, and the page comes back with the phrase.
for (const button of document.querySelectorAll("[data-phrase]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const area = document.getElementById(button.dataset.phrase);
    area.value = [area.value.trim(), button.textContent].filter(Boolean).join("\n");
    area.focus();
  });
}

// Who ticks a row means the ticked ones: `data-pick` names the choice that says so.
for (const table of document.querySelectorAll("[data-pick]")) {
  const [name, value] = table.dataset.pick.split("=");
  table.addEventListener("change", () => {
    document.querySelector(`input[name="${name}"][value="${value}"]`).checked = true;
  });
}
