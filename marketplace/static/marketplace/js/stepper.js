// One more, one less: the buttons beside a number, which stay hidden where no script runs.

for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const field = stepper.querySelector("input");
  for (const button of stepper.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => (button.dataset.step > 0 ? field.stepUp() : field.stepDown()));
  }
}
