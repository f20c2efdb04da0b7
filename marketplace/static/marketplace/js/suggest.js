// Titles for what has been typed so far, offered by the browser below the search box.

const PAUSE_MS = 200;
const LEAST = 1;
let timer;
let latest = "";

async function offer(box, typed) {
  const url = new URL(box.dataset.suggest, location.href);
  url.searchParams.set("q", typed);
  const answer = await fetch(url);
  if (!answer.ok || typed !== latest) return;
  const { titles } = await answer.json();
  box.list.replaceChildren(...titles.map((title) => Object.assign(document.createElement("option"), { value: title })));
}

/** Asks once the reader pauses; an answer that comes too late is dropped, a lost one changes nothing. */
export function suggestFor(box) {
  box?.addEventListener("input", () => {
    clearTimeout(timer);
    latest = box.value.trim();
    if (latest.length >= LEAST) timer = setTimeout(() => offer(box, latest).catch(() => {}), PAUSE_MS);
  });
}
