// Keeps the lessons somebody opened, with their pictures, and shows them when there is no network.
// Only pages of the school and what they show are kept; nothing else of the site passes through here differently.

const KEPT = "lessons-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keep(request, answer) {
  if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
}

async function freshOrKept(request) {
  try {
    return await keep(request, await fetch(request));
  } catch (error) {
    const kept = await caches.match(request.url, { ignoreSearch: false });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.location.origin)) return;
  if (request.headers.has("range")) return; // films and recordings are too large to keep
  event.respondWith(freshOrKept(request));
});

// The page tells what it shows, pictures further down included, so that all of it is there later.
self.addEventListener("message", (event) => {
  const wanted = event.data.keep.filter((url) => url.startsWith(self.location.origin));
  const keepAll = async () => {
    const store = await caches.open(KEPT);
    const missing = [];
    for (const url of wanted) if (url === event.data.page || !(await store.match(url))) missing.push(url);
    await Promise.allSettled(missing.map((url) => store.add(url)));
    event.source.postMessage({ kept: event.data.page });
  };
  event.waitUntil(keepAll());
});

