// Lessons on a bad network: what was opened can be read again, and what was filled in is sent once the network is back.

import { keep } from "./keep.js";
import { answers } from "./phone-store.js";

const line = document.querySelector("[data-offline]");
const waiting = document.querySelector("[data-waiting]");

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

async function tell() {
  if (line) line.hidden = navigator.onLine;
  if (waiting) waiting.hidden = (await answers.all()).length === 0;
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

/** True once the server has it, or has said that it will never take it. */
async function isDone(entry) {
  try {
    const answer = await post(entry);
    return isTaken(answer) || answer.status === 422 || answer.status === 404;
  } catch {
    return false;
  }
}

async function sendKept() {
  let sent = 0;
  for (const entry of await answers.all()) {
    if (!(await isDone(entry))) continue;
    await answers.forget(entry);
    sent += 1;
  }
  await tell();
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
    await answers.keep(entry);
    await tell();
    waiting?.scrollIntoView({ block: "center" });
  }
});

async function markKept() {
  for (const link of document.querySelectorAll("[data-kept]")) {
    if (await caches.match(link.href)) link.querySelector("small").textContent = link.dataset.kept;
  }
}

async function keepForLater(said) {
  navigator.serviceWorker.addEventListener("message", markKept);
  await keep(said);
  await markKept();
}

window.addEventListener("online", sendKept);
window.addEventListener("offline", tell);
tell();
if (navigator.onLine) sendKept();

const page = document.querySelector("[data-worker]");
if (page && "serviceWorker" in navigator) keepForLater(page.dataset).catch(() => {});
