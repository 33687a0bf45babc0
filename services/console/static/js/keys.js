// Single keys as shortcuts: off for good in this browser when somebody says so (WCAG 2.1.4). One switch for all pages.
const OFF = "liaison.keys.off";
const keysOn = document.querySelector("[data-keys-on]");

if (keysOn) {
  keysOn.checked = localStorage.getItem(OFF) === null;
  keysOn.addEventListener("change", () => {
    if (keysOn.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
}

// `actions`: a key and what it does.
export function onKeys(actions, isAway = () => false) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isAway() || isForTyping(event.target)) return;
    const action = actions[event.key];
    if (!action || localStorage.getItem(OFF) !== null) return;
    event.preventDefault();
    action();
  });
}

function isForTyping(element) {
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}
