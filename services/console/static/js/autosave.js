// A form that is kept by itself: a moment after typing, before its language changes, and when its page is hidden or left.
const AGAIN = 10_000; // milliseconds before what could not be kept is tried again
const LARGEST = 60_000; // characters that a browser still sends for a page that is gone

// `told(reply, said)` and `lost()` say how it went; `told` returns whether it makes sense to go on.
export function autosave(form, { address, pause, told, lost }) {
  let waiting = null; // the timer, while something typed is not sent yet
  let sending = null; // the request that is under way
  let unsaved = Boolean(form.elements.unsent); // drawn again after it could not be sent
  let stopped = false;

  const later = (wait) => {
    clearTimeout(waiting);
    waiting = setTimeout(save, wait);
  };

  // Two of them at once would be taken for two windows: each waits for the one before.
  async function save() {
    clearTimeout(waiting);
    waiting = null;
    if (sending) await sending;
    if (stopped) return;
    sending = send().finally(() => (sending = null));
    await sending;
  }

  async function send() {
    unsaved = false;
    const body = new URLSearchParams(new FormData(form));
    const keepalive = body.toString().length < LARGEST;
    try {
      const reply = await fetch(address, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
      const said = await reply.json();
      unsaved ||= !reply.ok;
      stopped = told(reply, said) === false;
      if (reply.status >= 500) later(AGAIN);
    } catch {
      unsaved = true;
      lost();
      later(AGAIN);
    }
  }

  const settle = () => (waiting ? save() : sending);
  const leave = () => {
    if (waiting && !sending) save();
  };

  form.dataset.draft = "yes";
  form.addEventListener("input", () => {
    unsaved = true;
    later(pause);
  });

  // What is under way comes first, so that the form is sent with the version that it made.
  form.addEventListener("submit", async (event) => {
    clearTimeout(waiting);
    waiting = null;
    unsaved = false;
    if (!sending) return;
    event.preventDefault();
    await sending;
    form.requestSubmit(event.submitter);
  });

  // In the other language, and in another section, is what was typed a moment ago.
  document.querySelector("form.language")?.addEventListener("submit", async (event) => {
    if (!waiting && !sending) return;
    event.preventDefault();
    await settle();
    event.target.requestSubmit(event.submitter);
  });
  for (const link of document.querySelectorAll(".contents a[href^='/']")) {
    link.addEventListener("click", async (event) => {
      if ((!waiting && !sending) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await settle();
      location.assign(link.href);
    });
  }

  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);

  // Left with something that can't be sent any more: it was refused or lost, or two would be under way.
  window.addEventListener("beforeunload", (event) => {
    if (form.dataset.sent) return;
    const large = new URLSearchParams(new FormData(form)).toString().length >= LARGEST;
    if (waiting ? sending || large || stopped : unsaved) event.preventDefault();
  });
}
