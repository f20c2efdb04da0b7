// A short word at the edge of the page about something that just worked. Never the only copy of a message.

const STAYS_MS = 5000;

/** Shows `message`; with `action` ({ href, text }) a link beside it. */
export function toast(message, action) {
  const note = document.createElement("p");
  note.className = "toast";
  note.append(message);
  if (action) {
    const link = document.createElement("a");
    Object.assign(link, { className: "btn", href: action.href, textContent: action.text });
    note.append(link);
  }
  document.getElementById("toasts").replaceChildren(note);
  setTimeout(() => note.remove(), STAYS_MS);
}

/** Writes the number of goods in the basket wherever the page shows it. */
export function showBasketCount(count) {
  for (const mark of document.querySelectorAll("[data-basket-count]")) {
    mark.textContent = count;
    mark.hidden = count === 0;
  }
}
