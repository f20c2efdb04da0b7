// Changing the basket without leaving the page: what is shown afterwards is the page the server sends.

import { showBasketCount } from "./toast.js";

document.documentElement.classList.add("scripted");

async function send(form, submitter) {
  const shown = document.querySelector("[data-basket]");
  shown.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown.closest("main").replaceChildren(...page.querySelector("main").childNodes);
  showBasketCount(count(page));
}

function count(page) {
  const fields = page.querySelectorAll("[data-basket] .stepper input");
  return [...fields].reduce((sum, field) => sum + Number(field.value), 0);
}

/** Name and value survive the exchange of the page, so the reader stays where she was. */
function placeOf(element) {
  const form = element?.closest("form");
  return form && `form[action="${form.getAttribute("action")}"] [name="${element.name}"][value="${element.getAttribute("value")}"]`;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-line], [data-province]");
  if (!form) return;
  event.preventDefault();
  const place = placeOf(event.submitter);
  try {
    await send(form, event.submitter);
    (place && document.querySelector(place))?.focus();
  } catch {
    form.submit();
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-line], [data-province]");
  form?.requestSubmit();
});
