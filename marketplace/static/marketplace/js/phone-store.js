// What forms keep on the phone, words and photos, all in IndexedDB: what they said to have survives `kill -9`.
// (localStorage is written to the disk some seconds later, and a phone short of memory kills a browser before that.)

const NAME = "yanxing", VERSION = 2, PHOTOS = "photos", WORDS = "words";

const database = new Promise((resolve, reject) => {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) request.result.createObjectStore(PHOTOS, { keyPath: "id" });
    if (oldVersion < 2) request.result.createObjectStore(WORDS);
  };
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close();
    resolve(request.result);
  };
  request.onerror = () => reject(request.error);
});
database.catch(() => {}); // whoever asks is told

/** One change, or one look; changes happen in the order they are asked for. */
async function within(table, mode, work) {
  const change = (await database).transaction(table, mode);
  return new Promise((resolve, reject) => {
    const request = work(change.objectStore(table));
    change.oncomplete = () => resolve(request.result);
    change.onabort = () => reject(change.error);
  });
}

/** Keeps a photo: { id, draft, at, blob }. */
export const keepPhoto = (photo) => within(PHOTOS, "readwrite", (table) => table.put(photo));
export const forgetPhoto = (id) => within(PHOTOS, "readwrite", (table) => table.delete(id));

/** The photos of a draft that are not with the server yet, the oldest first. */
export async function photosOf(draft) {
  const all = await within(PHOTOS, "readonly", (table) => table.getAll());
  return all.filter((photo) => photo.draft === draft).sort((one, other) => one.at - other.at);
}

const put = (key, value) => within(WORDS, "readwrite", (table) => table.put(value, key));
const get = (key) => within(WORDS, "readonly", (table) => table.get(key));
const drop = (key) => within(WORDS, "readwrite", (table) => table.delete(key));

/** Words of a form by its key, { typed, at, dirty, saved }; undefined where there are none. */
export const words = {
  keep: (key, value) => put(`listing:${key}`, value),
  of: (key) => get(`listing:${key}`),
  forget: (key) => drop(`listing:${key}`),
  /** The server has the words of a moment; what was typed since then stays unsent. */
  sent: (key, at, saved) => within(WORDS, "readwrite", (table) => {
    const found = table.get(`listing:${key}`);
    found.onsuccess = () => {
      if (found.result?.at === at) table.put({ ...found.result, dirty: false, saved }, `listing:${key}`);
    };
    return found;
  }),
};

/** The draft of a seller that was begun here and has not reached the server; another seller on this phone has her own. */
export const begun = (seller) => ({
  is: (key) => put(`listing-begun:${seller}`, key),
  key: () => get(`listing-begun:${seller}`),
  forget: () => drop(`listing-begun:${seller}`),
});

const OF_LESSONS = IDBKeyRange.bound("lesson:", "lesson:\uffff");

/** Filled-in forms of lessons that wait for a network, the last one for each address: { url, body }. */
export const answers = {
  keep: (entry) => put(`lesson:${entry.url}`, entry),
  all: () => within(WORDS, "readonly", (table) => table.getAll(OF_LESSONS)),
  forget: (entry) => drop(`lesson:${entry.url}`),
};
