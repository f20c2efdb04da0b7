// An address of the book: places without asking the server, pasted addresses without leaving the page.

import { fillFromPaste } from "./paste.js";
import { press } from "./press.js";

const form = document.querySelector("[data-book]");

form.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "parse") return;
  event.preventDefault();
  fillFromPaste(form).catch(() => press(form, event.submitter));
});
