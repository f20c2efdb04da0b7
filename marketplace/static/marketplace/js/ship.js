// Beside the tracking number: what courier the number looks like, pasting, and scanning a bar code where the phone can.

import "./stepper.js";

for (const box of document.querySelectorAll("[data-ship]")) {
  const form = box.closest("form");
  const field = box.querySelector("input");
  const carrier = form.querySelector("[data-carrier]");
  const said = form.querySelector("[data-guess]");
  const likely = JSON.parse(box.dataset.likely);

  const say = () => {
    const number = field.value.replace(/\s+/g, "").toUpperCase();
    const found = likely.find(([, pattern]) => new RegExp(`^(?:${pattern})$`).test(number));
    const name = found && [...carrier.options].find((option) => option.value === found[0])?.text;
    const words = !carrier.value || carrier.value === found?.[0] ? said.dataset.said : said.dataset.doubt;
    said.textContent = name ? words.replace("COURIER", name) : "";
  };
  field.addEventListener("input", say);
  carrier.addEventListener("change", say);
  say();

  const take = (number) => {
    field.value = number.trim();
    say();
  };
  const paste = box.querySelector("[data-paste]");
  paste.hidden = !navigator.clipboard?.readText;
  paste.addEventListener("click", async () => take(await navigator.clipboard.readText().catch(() => field.value)));

  const scan = box.querySelector("[data-scan]");
  scan.hidden = !("BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia);
  scan.addEventListener("click", () => scanInto(form.querySelector("[data-scanner]"), said, take));
}

/** Opens the camera until a bar code is read or the sheet is closed. */
async function scanInto(sheet, said, take) {
  const view = sheet.querySelector("video");
  let camera;
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    said.textContent = sheet.dataset.failed;
    return;
  }
  const detector = new BarcodeDetector();
  view.srcObject = camera;
  sheet.querySelector("[data-scan-close]").addEventListener("click", () => sheet.close(), { once: true });
  sheet.showModal();
  await view.play();
  while (sheet.open) {
    const [code] = await detector.detect(view).catch(() => []);
    if (code) {
      take(code.rawValue);
      sheet.close();
    }
    await new Promise((later) => setTimeout(later, 200));
  }
  for (const track of camera.getTracks()) track.stop();
}
