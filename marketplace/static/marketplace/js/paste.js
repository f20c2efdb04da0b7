// A pasted address is read by the server and put into the fields of the form.

import { choose } from "./address.js";

/** Fills in what could be read and says so; true if the place is among it. */
export async function fillFromPaste(form) {
  const answer = await fetch(form.dataset.parse, { method: "POST", body: new FormData(form) });
  const found = await answer.json();
  for (const name of ["name", "mobile", "detail"]) {
    if (found[name]) form.elements[name].value = found[name];
  }
  if (found.path?.length) await choose(form.querySelector("[data-areas]"), found.path);
  form.querySelector("[data-parse-said]").textContent = found.message;
  return Boolean(found.path?.length);
}
