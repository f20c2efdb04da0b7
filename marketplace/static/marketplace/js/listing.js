// The listing form keeps every word and every photo on the phone first and sends it when there is a network.
// Without this script the same form posts whole.

import { keep } from "./keep.js";
import { begun, forgetPhoto, keepPhoto, photosOf, words } from "./phone-store.js";
import { press } from "./press.js";
import { newId, shrink } from "./shrink.js";

const form = document.getElementById("listing");
const said = form.dataset;
const list = form.querySelector("[data-shots]");
const stamp = document.querySelector("[data-saved]");
const advice = form.querySelector("[data-advice]");
const netline = document.querySelector("[data-netline]");
const SAVE_AFTER_MS = 1500, RETRY_MS = [2000, 5000, 15000, 60000];
const again = begun(said.seller);
let tries = 0, timer = null, sending = null;

const shots = () => [...list.querySelectorAll("[data-shot]")];
const buttonsOf = (id) => list.querySelector(`[data-shot="${id}"]`);

/* ---------- words ---------- */

function typed() {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !["csrfmiddlewaretoken", "do"].includes(name)) found[name] = value;
  }
  return found;
}

function fillIn(kept) {
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "hidden" || field.tagName === "BUTTON") continue;
    const value = kept[field.name];
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = Boolean(value);
    else if (value !== undefined) field.value = value;
  }
}

function show(line, text) {
  line.hidden = !text;
  line.lastElementChild.textContent = text;
}

function clock() {
  return new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** Before anything is kept under a key the server does not know: by it the draft is found again. */
async function remember() {
  await ready;
  if ("new" in said) await again.is(said.key);
}

async function keepWords() {
  await remember();
  await words.keep(said.key, { typed: typed(), at: Date.now(), dirty: true });
  show(stamp, `${said.saidKept} ${clock()}`);
  later(SAVE_AFTER_MS);
}

/* ---------- what was wrong ---------- */

/** Of the fields found wrong when it was submitted, those that are right by now say so no longer. */
function showFaults(faults) {
  for (const box of form.querySelectorAll("[id^=id_][id$=-errors]")) {
    const name = box.id.slice("id_".length, -"-errors".length);
    const line = box.querySelector(".field__error");
    if (faults[name]) line.lastChild.textContent = faults[name][0];
    else rightAgain(box);
  }
  for (const line of document.querySelectorAll("[data-wrong]")) if (!faults[line.dataset.wrong]) line.remove();
  if (!document.querySelector("[data-wrong]")) document.querySelector("[data-focus]")?.remove();
}

function rightAgain(box) {
  for (const field of form.querySelectorAll(`[aria-describedby~="${box.id}"]`)) {
    const left = field.getAttribute("aria-describedby").split(" ").filter((id) => id !== box.id);
    if (left.length) field.setAttribute("aria-describedby", left.join(" "));
    else field.removeAttribute("aria-describedby");
    field.removeAttribute("aria-invalid");
  }
  box.remove();
}

/* ---------- unit price ---------- */

const GRAMS = { jin: 500, kg: 1000, g: 1 };

function showUnitPrice() {
  const line = form.querySelector("[data-unit-price]");
  if (!line) return;
  const grams = Number(form.weight?.value) * GRAMS[form.weight_unit?.value];
  const price = Number(form.price.value.replace(/[¥￥元]/g, ""));
  line.hidden = !(grams > 0 && price > 0);
  if (line.hidden) return;
  line.textContent = said.saidUnit.replace("PRICE", price.toFixed(2)).replace("UNIT", ((price * 500) / grams).toFixed(2));
}

/* ---------- opening again without a network ---------- */

/** This draft's page, with pictures that have just been sent; only a phone with service workers can. */
function keepPage(pictures = []) {
  const page = "new" in said ? window.location.href : form.action;
  if ("serviceWorker" in navigator) keep(said, page, pictures).catch(() => {});
}

/** What was sent lately may be missing on a page that was kept before. */
const isNewer = (kept) => kept && (kept.dirty || kept.saved > (said.savedAt ?? ""));

/* ---------- photos ---------- */

function number() {
  shots().forEach((shot, place) => {
    shot.classList.toggle("shots__cover", place === 0);
    shot.querySelector(".sample").hidden = place !== 0;
    const cover = shot.querySelector(".shots__c");
    if (cover) cover.hidden = place === 0;
  });
  form.querySelector("[data-count]").textContent = shots().length;
  for (const adder of list.querySelectorAll(".shots__add")) adder.hidden = shots().length >= Number(said.most);
}

function state(id, text, kind = "") {
  const mark = buttonsOf(id)?.querySelector("[data-said]");
  if (!mark) return;
  mark.hidden = !text;
  mark.textContent = text;
  mark.className = `shots__s ${kind}`;
}

function hang(photo) {
  if (buttonsOf(photo.id)) return;
  const shot = form.querySelector("[data-shot-template]").content.firstElementChild.cloneNode(true);
  shot.dataset.shot = photo.id;
  shot.querySelector("img").src = URL.createObjectURL(photo.blob);
  shot.querySelector(".shots__x").value = `remove:${photo.id}`;
  list.querySelector(".shots__add").before(shot);
  state(photo.id, said.saidHere);
  number();
}

async function pick(input) {
  const files = [...input.files];
  input.value = ""; // what the script sends, the form does not send again
  const room = Number(said.most) - shots().length;
  if (files.length > room) form.querySelector("[data-photo-hint]").textContent = said.saidMost;
  await remember();
  for (const file of files.slice(0, room)) {
    const photo = { id: newId(), draft: said.key, at: Date.now() + Math.random(), blob: await shrink(file) };
    await keepPhoto(photo);
    hang(photo);
  }
  await keepWords();
  later(0);
}

async function sendPhoto(photo) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", await token());
  data.append("id", photo.id);
  data.append("photo", photo.blob, "photo");
  state(photo.id, said.saidSending);
  const answer = await fetched(said.photos, { method: "POST", body: data, headers: { Accept: "application/json" } });
  await forgetPhoto(photo.id);
  const told = await answer.json().catch(() => ({}));
  state(photo.id, answer.ok ? said.saidSent : said.saidRefused, answer.ok ? "ok" : "bad");
  if (!answer.ok) buttonsOf(photo.id)?.setAttribute("data-refused", "");
  if (!answer.ok) form.querySelector("[data-photo-hint]").textContent = told.error ?? String(answer.status);
  return answer.ok ? [told.url] : [];
}

async function remove(button) {
  const shot = button.closest("[data-shot]");
  await forgetPhoto(shot.dataset.shot);
  shot.remove();
  number();
  if (!shot.hasAttribute("data-refused")) await post({ do: button.value }).catch(() => null);
}

/* ---------- sending ---------- */

class SignedOut extends Error {}

/** An answer of the listing itself: a machine that is down or a sign-in page in its place leaves everything on the phone. */
async function fetched(url, options) {
  const answer = await fetch(url, options);
  if (answer.redirected && answer.url.includes("/sign-in/")) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 403) throw new Error(answer.status);
  return answer;
}

const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

/** A browser that was killed may have lost the cookie a page brings along; asking for the page brings it again. */
async function token() {
  if (!cookie()) await fetch(window.location.href);
  return cookie() ?? form.elements.csrfmiddlewaretoken.value;
}

async function post(more = {}) {
  const csrf = await token();
  const data = new FormData(form);
  data.delete("photos");
  data.set("csrfmiddlewaretoken", csrf); // a page that was kept is older than the latest sign-in
  for (const [name, value] of Object.entries(more)) data.append(name, value);
  const headers = more.do ? {} : { Accept: "application/json" };
  return fetched(form.action, { method: "POST", body: data, headers });
}

async function sendAll() {
  const kept = await words.of(said.key), pictures = [];
  for (const photo of await photosOf(said.key)) pictures.push(...await sendPhoto(photo));
  if (kept?.dirty) {
    const answer = await post();
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) return show(netline, told.error ?? String(answer.status));
    await words.sent(said.key, kept.at, told.at);
    show(stamp, `${said.saidSaved} ${told.saved}`);
    show(advice, told.advice);
    showFaults(told.faults ?? {});
  }
  const wasNew = "new" in said;
  if (wasNew) {
    delete said.new;
    await again.forget();
    history.replaceState(null, "", form.action);
  }
  if (wasNew || pictures.length) keepPage(pictures);
  show(netline, "");
}

function later(after) {
  clearTimeout(timer);
  timer = setTimeout(flush, after);
}

/** Sends what is not sent; false while the network does not let it. */
async function flush() {
  clearTimeout(timer);
  if (sending) return sending;
  sending = sendAll().then(() => { tries = 0; return true; }, (error) => {
    show(netline, error instanceof SignedOut ? said.saidSignIn : said.saidOffline);
    for (const shot of shots()) {
      if (shot.querySelector("[data-said]")?.textContent === said.saidSending) state(shot.dataset.shot, said.saidHere);
    }
    later(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    tries += 1;
    return false;
  });
  const done = await sending;
  sending = null;
  if (done && (await words.of(said.key))?.dirty) later(SAVE_AFTER_MS);
  return done;
}

async function submit(button) {
  await keepWords();
  const done = await flush() && await flush();
  if (!done) {
    if (!navigator.onLine) show(netline, said.saidOffline);
    else if (netline.hidden) show(netline, said.saidWaiting);
    button.removeAttribute("aria-busy");
    return;
  }
  await words.forget(said.key);
  form.elements.csrfmiddlewaretoken.value = await token();
  press(form, button);
}

/* ---------- beginning ---------- */

function takeUp(key) {
  for (const name of ["action", "data-photos"]) form.setAttribute(name, form.getAttribute(name).replace(said.key, key));
  said.key = key;
}

async function begin() {
  if ("new" in said) takeUp(await again.key() ?? newId());
  const kept = await words.of(said.key);
  if (isNewer(kept)) fillIn(kept.typed);
  else await words.forget(said.key);
  (await photosOf(said.key)).forEach(hang);
  number();
  showUnitPrice();
  if (!navigator.onLine) show(netline, said.saidOffline);
  if (kept?.dirty || (await photosOf(said.key)).length) later(0);
  keepPage();
}

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  showUnitPrice();
  keepWords();
});
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick]")) pick(event.target);
});
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.value || /^(cover|frame):/.test(button.value)) return;
  event.preventDefault();
  if (button.value.startsWith("remove:")) return void remove(button);
  button.setAttribute("aria-busy", "true");
  submit(button);
});
addEventListener("online", () => later(0));
addEventListener("offline", () => show(netline, said.saidOffline));
const ready = form.inert ? null : begin();

document.querySelector("[data-focus]")?.focus();
