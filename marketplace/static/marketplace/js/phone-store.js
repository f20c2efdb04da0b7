// What a form keeps on the phone: words in localStorage, photos in IndexedDB. Both survive a killed browser.

const NAME = "yanxing", TABLE = "photos";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(mode, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const change = database.transaction(TABLE, mode);
    const request = work(change.objectStore(TABLE));
    change.oncomplete = () => { database.close(); resolve(request.result); };
    change.onerror = () => { database.close(); reject(change.error); };
  });
}

/** Keeps a photo: { id, draft, at, blob }. */
export const keepPhoto = (photo) => within("readwrite", (table) => table.put(photo));
export const forgetPhoto = (id) => within("readwrite", (table) => table.delete(id));

/** The photos of a draft that are not with the server yet, the oldest first. */
export async function photosOf(draft) {
  const all = await within("readonly", (table) => table.getAll());
  return all.filter((photo) => photo.draft === draft).sort((one, other) => one.at - other.at);
}

/** Words of a form by its key; null where there are none. */
export const words = {
  keep: (key, value) => localStorage.setItem(`listing:${key}`, JSON.stringify(value)),
  of: (key) => JSON.parse(localStorage.getItem(`listing:${key}`)),
  forget: (key) => localStorage.removeItem(`listing:${key}`),
};

/** The draft of a seller that was begun here and has not reached the server; another seller on this phone has her own. */
export const begun = (seller) => ({
  is: (key) => localStorage.setItem(`listing-begun:${seller}`, key),
  key: () => localStorage.getItem(`listing-begun:${seller}`),
  forget: () => localStorage.removeItem(`listing-begun:${seller}`),
});
