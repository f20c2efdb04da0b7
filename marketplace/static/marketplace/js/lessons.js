// Lessons on a bad network: what was opened can be read again, and what was filled in is sent once the network is back.

const QUEUE = "lessons-to-send";
const line = document.querySelector("[data-offline]");
const waiting = document.querySelector("[data-waiting]");

const queue = () => JSON.parse(localStorage.getItem(QUEUE) || "[]");
const remember = (entries) => localStorage.setItem(QUEUE, JSON.stringify(entries));
const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function tell() {
  if (line) line.hidden = navigator.onLine;
  if (waiting) waiting.hidden = queue().length === 0;
}

/** Posts one form; the server counts it once however often it comes. Throws where there is no network. */
function post({ url, body }) {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(body),
    headers: { "X-CSRFToken": csrf() },
  });
}

const isTaken = (answer) => answer.ok && !new URL(answer.url).pathname.includes("/sign-in");

async function sendQueue() {
  if (queue().length === 0) return;
  const left = [];
  let sent = 0;
  for (const entry of queue()) {
    try {
      const answer = await post(entry);
      if (isTaken(answer) || answer.status === 422 || answer.status === 404) sent += 1;
      else left.push(entry);
    } catch {
      left.push(entry);
    }
  }
  remember(left);
  tell();
  if (sent) window.location.reload();
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-queue]");
  if (!form) return;
  event.preventDefault();
  const entry = { url: form.action, body: [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrfmiddlewaretoken") };
  try {
    const answer = await post(entry);
    if (answer.status === 422 || !answer.ok) return form.submit();
    const here = new URL(answer.url).pathname === window.location.pathname;
    if (here) {
      window.location.hash = form.dataset.queue;
      window.location.reload();
    } else window.location.assign(answer.url);
  } catch {
    remember([...queue().filter((other) => other.url !== entry.url), entry]);
    tell();
    waiting?.scrollIntoView({ block: "center" });
  }
});

/** Everything this page shows, by address. */
function shown() {
  const found = [...document.querySelectorAll("link[rel=stylesheet], script[src], img")];
  const urls = found.flatMap((each) => [each.href, each.src, each.currentSrc]).filter(Boolean);
  const sprites = [...document.querySelectorAll("svg use")].map((use) => new URL(use.getAttribute("href"), window.location.href));
  const page = window.location.href.split("#")[0];
  return { page, keep: [...new Set([page, ...urls, ...sprites.map((url) => `${url.origin}${url.pathname}${url.search}`)])] };
}

async function markKept() {
  for (const link of document.querySelectorAll("[data-kept]")) {
    if (await caches.match(link.href)) link.querySelector("small").textContent = link.dataset.kept;
  }
}

async function keepForLater({ worker, scope }) {
  await navigator.serviceWorker.register(worker, { scope });
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", markKept);
  active.postMessage(shown());
  await markKept();
}

window.addEventListener("online", sendQueue);
window.addEventListener("offline", tell);
tell();
if (navigator.onLine) sendQueue();

const page = document.querySelector("[data-worker]");
if (page && "serviceWorker" in navigator) keepForLater(page.dataset).catch(() => {});
