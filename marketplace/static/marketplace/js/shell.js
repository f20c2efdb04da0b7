// What every page has: the size of the text, and titles for what is typed into the search box.

import { suggestFor } from "./suggest.js";

const form = document.querySelector("[data-text-size]");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const large = document.documentElement.dataset.size !== "large";
  document.cookie = `text-size=${large ? "large" : "usual"}; path=/; max-age=31536000; samesite=lax`;
  if (large) document.documentElement.dataset.size = "large";
  else delete document.documentElement.dataset.size;
  const button = form.querySelector("button");
  button.setAttribute("aria-pressed", String(large));
  button.value = large ? "usual" : "large";
});

// Whoever uses this phone next finds no listing of hers; what is not sent yet stays, to be sent when she is back.
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action")?.endsWith("/sign-out/")) window.caches?.delete("listing-1");
});

// A row of sections wider than the phone begins at the one she is in.
const section = document.querySelector(".desk__nav [aria-current]");
const middle = (element) => element.getBoundingClientRect().left + element.offsetWidth / 2;
if (section) section.closest("ul").scrollLeft += middle(section) - middle(document.body);

suggestFor(document.querySelector("[data-suggest]"));
