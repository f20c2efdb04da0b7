// The part of the cover that lists show, chosen by dragging a square over the picture. Without this script three buttons do it.

import { press } from "./press.js";

const field = document.querySelector("[data-frame]");
if (field && !field.closest("[inert]")) {
  const pic = field.querySelector("[data-frame-pic]"), box = field.querySelector("[data-frame-box]");
  const tall = "tall" in field.dataset;
  let along = Number(field.dataset.along), from = null;
  for (const part of [pic, field.querySelector("[data-frame-hint]")]) part.hidden = false;

  const room = () => Math.abs(pic.clientHeight - pic.clientWidth) || 1;
  const place = () => {
    const side = `${Math.min(pic.clientHeight, pic.clientWidth)}px`;
    [box.style.width, box.style.height] = [side, side];
    box.style[tall ? "top" : "left"] = `${(room() * along) / 100}px`;
  };
  const where = (event) => (tall ? event.clientY : event.clientX);

  pic.addEventListener("pointerdown", (event) => {
    pic.setPointerCapture(event.pointerId);
    from = { at: where(event), along };
  });
  pic.addEventListener("pointermove", (event) => {
    if (!from) return;
    along = Math.round(Math.max(0, Math.min(100, from.along + ((where(event) - from.at) * 100) / room())));
    place();
  });
  const end = () => {
    const moved = from && from.along !== along;
    from = null;
    if (moved) press(field.closest("form"), { name: "do", value: `frame:${field.dataset.frame}:${along}` });
  };
  pic.addEventListener("pointerup", end);
  pic.addEventListener("pointercancel", end);
  addEventListener("resize", place);
  const image = pic.querySelector("img");
  if (image.complete) place();
  image.addEventListener("load", place);
}
