// A declaration while it is filled in: saved a moment after typing; of the lines of business only those of the type.
const PAUSE = 1500;
const form = document.querySelector("form[data-autosave]");

if (form) keepSaved(form);
narrow(document.querySelector('[name="basics.business_category"]'));

function keepSaved(form) {
  const saved = form.querySelector("[data-saved]");
  let waiting = null; // the timer, while something typed is not sent yet
  let sending = null; // the request that is under way
  let changed = false; // by another window: saving goes on by hand

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });

  // Two of them at once would be taken for two windows: each waits for the one before.
  async function save() {
    clearTimeout(waiting);
    waiting = null;
    await sending;
    if (!changed) sending = send().finally(() => (sending = null));
    await sending;
  }

  async function send() {
    try {
      const options = { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } };
      const reply = await fetch(form.dataset.autosave, options);
      const said = await reply.json();
      if (reply.ok) {
        form.elements.version.value = said.version;
        saved.textContent = said.saved;
      } else {
        changed = said.code === "draft_changed";
        saved.textContent = changed ? form.dataset.changed : said.title;
      }
    } catch {
      saved.textContent = form.dataset.failed;
    }
  }

  // What is under way comes first, so that the form is sent with the version that it made.
  form.addEventListener("submit", async (event) => {
    clearTimeout(waiting);
    if (!sending) return;
    event.preventDefault();
    await sending;
    delete form.dataset.sent;
    form.requestSubmit(event.submitter);
  });

  // A link to another section takes along what was typed a moment ago.
  for (const link of document.querySelectorAll(".contents a[href^='/']")) {
    link.addEventListener("click", async (event) => {
      if ((!waiting && !sending) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await (waiting ? save() : sending);
      location.assign(link.href);
    });
  }
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
