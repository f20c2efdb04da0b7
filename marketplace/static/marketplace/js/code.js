// The button that sends a code: without leaving the page, and counting down to when it may be pressed again.

import { press } from "./press.js";

const ONE_SECOND_MS = 1000;

/** Keeps the button quiet for `seconds` and says how long. */
function countDown(button, seconds) {
  const words = (button.dataset.words ??= button.textContent);
  button.disabled = seconds > 0;
  button.textContent = seconds > 0 ? button.dataset.again.replace("SECONDS", seconds) : words;
  if (seconds > 0) setTimeout(() => countDown(button, seconds - 1), ONE_SECOND_MS);
}

async function send(form, button) {
  button.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, {
    method: "POST", body: new FormData(form, button), headers: { "X-Requested-With": "fetch" },
  });
  button.removeAttribute("aria-busy");
  const { message, wait } = await answer.json();
  const said = form.querySelector("[data-said]");
  said.textContent = message;
  said.className = answer.ok ? "field__hint" : "field__error";
  if (wait) countDown(button, wait);
  if (answer.ok) form.elements.code.focus();
}

for (const button of document.querySelectorAll("[data-send-code]")) {
  countDown(button, Number(button.dataset.wait));
  const form = button.closest("form");
  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    send(form, button).catch(() => press(form, button));
  });
}
