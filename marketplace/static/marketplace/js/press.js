// When a script fails, the form goes the way it would have gone without one.

/** Sends the form as if `button` had been pressed; plain submit() would leave the button out and mean something else. */
export function press(form, button) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  HTMLFormElement.prototype.submit.call(form);
}
