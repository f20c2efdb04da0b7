// Pages that open again without a network: a service worker keeps them with everything they show.

/** Addresses of what the page has loaded: styles, scripts and what they import, pictures, the sprite of icons. */
function shown() {
  const loaded = performance.getEntriesByType("resource")
    .filter(({ initiatorType }) => !["fetch", "beacon", "xmlhttprequest"].includes(initiatorType)).map(({ name }) => name);
  const named = [...document.querySelectorAll("link[rel=stylesheet], script[src], img")];
  const urls = named.flatMap((each) => [each.href, each.src, each.currentSrc]).filter(Boolean);
  const sprites = [...document.querySelectorAll("svg use")].map((use) => new URL(use.getAttribute("href"), window.location.href));
  return [...loaded, ...urls, ...sprites.map((url) => `${url.origin}${url.pathname}${url.search}`)];
}

/** Has the worker keep a page, this one unless another is named, and whatever `more` it shows. */
export async function keep({ worker, scope }, page = window.location.href, more = []) {
  await navigator.serviceWorker.register(worker, { scope });
  const { active } = await navigator.serviceWorker.ready;
  const [address] = new URL(page, window.location.href).href.split("#");
  active.postMessage({ page: address, keep: [...new Set([address, ...shown(), ...more])] });
}
