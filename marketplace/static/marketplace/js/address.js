// Places level by level without asking the server for each: one file per province, kept by the browser.

document.documentElement.classList.add("scripted");

const loaded = new Map();

/** The places below a province as [code, name, children]. */
function tree(picker, province) {
  if (!loaded.has(province)) {
    const url = new URL(picker.dataset.source.replace("PROVINCE", province), location.href);
    url.searchParams.set("in", picker.dataset.language);
    const answer = fetch(url).then((found) => (found.ok ? found.json() : Promise.reject(found.status)));
    answer.catch(() => loaded.delete(province));
    loaded.set(province, answer);
  }
  return loaded.get(province);
}

const selects = (picker) => [...picker.querySelectorAll("select")];

function below(children, codes) {
  return codes.reduce((places, code) => places.find(([each]) => each === code)?.[2] ?? [], children);
}

const LEVELS = { city: "00", township: 9 };

function levelOf(code) {
  if (code.length === LEVELS.township) return "township";
  return code.endsWith(LEVELS.city) ? "city" : "county";
}

function addStep(picker, depth, places) {
  const label = picker.ownerDocument.createElement("label");
  label.className = "areas__step";
  const words = picker.dataset[levelOf(places[0][0])];
  const select = Object.assign(document.createElement("select"), {
    className: "input", id: `id_area-${depth}`, name: `area-${depth}`, ariaLabel: words,
  });
  select.append(new Option(words, ""), ...places.map(([code, name]) => new Option(name, code)));
  label.append(select);
  picker.append(label);
  return select;
}

/** Choose places from the province down; the list below the last one is added empty. */
export async function choose(picker, path) {
  const [province, ...deeper] = path;
  const first = selects(picker)[0];
  first.value = province ?? "";
  const children = province ? await tree(picker, province.slice(0, 2)) : [];
  selects(picker).slice(1).forEach((select) => select.parentElement.remove());
  for (let depth = 0; depth <= deeper.length; depth += 1) {
    const places = below(children, deeper.slice(0, depth));
    if (places.length) addStep(picker, depth + 1, places).value = deeper[depth] ?? "";
  }
}

/** Follow what is chosen down to the list in `select`: the lists below it are made anew. */
async function follow(picker, select) {
  const all = selects(picker);
  const depth = all.indexOf(select);
  const path = all.slice(0, depth + 1).map((each) => each.value).filter(Boolean);
  try {
    await choose(picker, path);
    if (depth === 0) picker.dispatchEvent(new CustomEvent("province", { bubbles: true }));
  } catch {
    document.documentElement.classList.remove("scripted"); // the button asks the server instead
  }
  return depth;
}

document.addEventListener("change", async (event) => {
  const picker = event.target.closest("[data-areas]");
  if (!picker) return;
  const depth = await follow(picker, event.target);
  selects(picker)[depth]?.focus();
});

// On a slow network a place may have been chosen before this script came.
for (const picker of document.querySelectorAll("[data-areas]")) {
  const last = selects(picker).at(-1);
  if (last?.value && last.value.length < LEVELS.township) follow(picker, last);
}
