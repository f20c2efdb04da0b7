// Keeps the listing a seller has in hand, with what it shows, and opens it again where there is no network.
// Nothing else of the seller centre is kept: orders and buyers stay with the server.

const KEPT = "listing-1", LAST = "/last-listing", MOST = 6;

const isListing = ({ url }) => /\/seller\/products\/(new|drafts\/[0-9a-f-]{36})\/$/.test(new URL(url).pathname);
const leadsThere = ({ url, mode }) => mode === "navigate" && /\/seller\/(products\/)?$/.test(new URL(url).pathname);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function freshOrKept(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const store = await caches.open(KEPT);
    const kept = await store.match(request.url);
    if (kept) return kept;
    const last = leadsThere(request) && await store.match(LAST);
    if (last) return Response.redirect(await last.text());
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(self.location.origin)) event.respondWith(freshOrKept(request));
});

async function put(store, url) {
  const answer = await fetch(url);
  if (answer.ok && !answer.redirected) await store.put(url, answer); // never a sign-in page in its place
}

/** The oldest listings go; the page for a new one came first and stays by being opened. */
async function forgetOld(store) {
  const pages = (await store.keys()).filter(isListing);
  await Promise.all(pages.slice(0, -MOST).map((page) => store.delete(page)));
}

// The page tells what it shows, so that all of it is there later.
self.addEventListener("message", (event) => {
  const { page, keep } = event.data;
  const keepAll = async () => {
    const store = await caches.open(KEPT);
    const missing = [];
    for (const url of keep.filter((each) => new URL(each, page).origin === self.location.origin)) {
      if (url === page || !(await store.match(url))) missing.push(url);
    }
    await Promise.allSettled(missing.map((url) => put(store, url)));
    await store.put(LAST, new Response(page));
    await forgetOld(store);
  };
  event.waitUntil(keepAll());
});
