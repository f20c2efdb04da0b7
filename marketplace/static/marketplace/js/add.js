// Goods go into the basket without leaving the page; "buy now" and a page whose script fails go the way of the form.

import { press } from "./press.js";
import "./stepper.js";
import { showBasketCount, toast } from "./toast.js";

async function add(form, button) {
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, {
      method: "POST", keepalive: true, body: new FormData(form, button), headers: { "X-Requested-With": "fetch" },
    });
    const { count, message, action } = await answer.json();
    showBasketCount(count);
    toast(message, action);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-add]") || !button || button.hasAttribute("formaction")) return;
  event.preventDefault();
  if (button.getAttribute("aria-busy") !== "true") add(event.target, button).catch(() => press(event.target, button));
});
