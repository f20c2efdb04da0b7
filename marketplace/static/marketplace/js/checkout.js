// Freight and total follow the address; a pasted address is read into the fields; a second press does nothing.

import { fillFromPaste } from "./paste.js";
import { press } from "./press.js";

const form = document.querySelector("[data-checkout]");
const PARTS = ["goods", "payment", "bar"];
let latest = 0;

/** Puts the server's answer for what is typed so far into the page; a slower, older answer is dropped. */
async function refresh() {
  const turn = (latest += 1);
  busy(true);
  try {
    const answer = await fetch(form.dataset.quote, { method: "POST", body: new FormData(form) });
    if (!answer.ok || turn !== latest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of PARTS) {
      const part = page.getElementById(id);
      if (part) document.getElementById(id).replaceWith(part);
    }
  } finally {
    if (turn === latest) busy(false);
  }
}

function busy(on) {
  for (const id of PARTS) document.getElementById(id).setAttribute("aria-busy", String(on));
}

async function parse() {
  if (await fillFromPaste(form)) await refresh();
}

form.addEventListener("province", () => refresh().catch(() => {}));
form.addEventListener("change", (event) => {
  if (event.target.name === "saved") refresh().catch(() => {});
});

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name === "parse") {
    event.preventDefault();
    parse().catch(() => press(form, button));
    return;
  }
  if (!button?.hasAttribute("data-submit")) return;
  if (button.getAttribute("aria-busy") === "true") event.preventDefault();
  else form.querySelectorAll("[data-submit]").forEach((each) => each.setAttribute("aria-busy", "true"));
});

// Coming back with the browser's button shows the page as it was left: busy.
addEventListener("pageshow", () => {
  form.querySelectorAll("[data-submit]").forEach((each) => each.removeAttribute("aria-busy"));
});

document.querySelector("[data-focus]")?.focus();
