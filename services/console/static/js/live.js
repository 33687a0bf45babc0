// Counts that change while a page is open: one stream a page, closed while nobody looks.
const badges = document.querySelectorAll("[data-live]");
const hint = document.querySelector("[data-live-hint]");
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 300_000;

let source = null;
let open = null;
let wait = FIRST_WAIT;
let ended = false;

function show(counts) {
  for (const badge of badges) {
    badge.textContent = numbers.format(counts[badge.dataset.live]);
    if (badge.closest(".main-nav")) badge.hidden = counts[badge.dataset.live] === 0;
  }
  if (open !== null && counts.open > open) tellOfNewOnes();
  open = open === null ? counts.open : Math.min(open, counts.open);
}

function tellOfNewOnes() {
  const line = hint?.querySelector("[hidden]");
  if (!line) return;
  line.hidden = false;
  line.querySelector("span").textContent = hint.dataset.liveHint;
}

function connect() {
  if (source || ended || document.hidden) return;
  source = new EventSource("/live");
  source.addEventListener("counts", (event) => {
    wait = FIRST_WAIT;
    show(JSON.parse(event.data));
  });
  source.addEventListener("ended", () => {
    ended = true;
    close();
  });
  source.addEventListener("error", again);
}

// The browser connects again by itself unless it was refused.
function again() {
  if (source?.readyState !== EventSource.CLOSED) return;
  close();
  setTimeout(connect, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function close() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : connect()));
window.addEventListener("pagehide", close);
window.addEventListener("pageshow", connect);
