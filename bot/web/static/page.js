// Sends forms without a reload, and ticks at once. Everything on the page works without this, too.
"use strict";
document.documentElement.classList.add("js");
const byId = (id) => document.getElementById(id), folds = (line) => [...line.querySelectorAll("details:not(.confirm)")];
let waiting = 0, sent = 0, turn = Promise.resolve();

// Finds the same control again in a new copy of the page.
const path = (node) => node?.id ? `#${CSS.escape(node.id)}` : node?.name ?
  `${node.closest(".line") ? `#${node.closest(".line").id} ` : ""}[name="${CSS.escape(node.name)}"][value="${CSS.escape(node.value)}"]` : null;

function openSheet() {
  const sheet = document.querySelector("dialog.sheet");
  if (!sheet) return;
  sheet.open = false;
  sheet.showModal();
  const wrong = sheet.querySelector("[aria-invalid]");
  (wrong?.querySelector(":checked") ?? wrong?.querySelector("input") ?? wrong ?? sheet.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
}

function show(html, draft) {
  const next = new DOMParser().parseFromString(html, "text/html"), old = byId("page"), fresh = next.getElementById("page");
  byId("offline").textContent = fresh ? "" : next.body.textContent;
  if (!fresh) return;
  const focus = path(document.activeElement), at = path(document.activeElement?.closest(".line")), top = byId("talk").scrollTop;
  const known = new Map([...old.querySelectorAll(".line")].map((line) => [line.id, folds(line).map((fold) => fold.open)]));
  old.replaceWith(fresh);
  document.title = next.title;
  if (draft && byId("text")) byId("text").value ||= draft;
  const lines = [...fresh.querySelectorAll(".line")], added = lines.filter((line) => !known.has(line.id));
  lines.forEach((line) => folds(line).forEach((fold, n) => { fold.open = known.get(line.id)?.[n] ?? false; }));
  byId("talk").scrollTop = top;
  byId("news").textContent = added.map((line) => line.dataset.summary).join("\n");
  if (old.dataset.here === fresh.dataset.here) added[0]?.scrollIntoView({ block: "start" });
  // What was pressed may be gone from a card that changed: then on to that card, or to what is new.
  ((focus && fresh.querySelector(focus)) || added.at(-1) || (at && fresh.querySelector(at)) || byId("text"))?.focus({ preventScroll: true });
  openSheet();
}

async function load(url, options, draft) {
  const answer = await fetch(url, options).catch(() => null), html = await answer?.text().catch(() => null);
  waiting -= 1;
  if (html == null) byId("offline").textContent = "The coach isn’t answering. What you typed is still here: start it again, reload this page, then send it once more.";
  else if (!waiting) { // else the answer to a later request shows this, too
    if (answer.redirected) history.replaceState(null, "", answer.url);
    show(html, draft());
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target, body = new URLSearchParams(new FormData(form, event.submitter));
  event.preventDefault();
  if (body.has("checklist")) body.set("once", `${body.get("once")}.${sent += 1}`); // ticks go back and forth on one page
  waiting += 1;
  turn = turn.then(() => load(form.getAttribute("action"), { method: "POST", body }, () => form.id === "composer" ? "" : byId("text")?.value));
});
document.addEventListener("change", (event) => event.target.name === "chosen" && event.target.form.requestSubmit());
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "text" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});
document.addEventListener("click", (event) => event.target.closest(".close") && (event.preventDefault(), event.target.closest("dialog").close()));
// A question just opened must be in view.
document.addEventListener("toggle", (event) => event.target.matches(".confirm[open]") && event.target.scrollIntoView({ block: "nearest" }), true);
setInterval(async () => { // somebody else, or the coach unasked, may have said something
  const page = byId("page"), calm = () => !waiting && !document.hidden && !document.querySelector("dialog[open], select:focus, :popover-open, .confirm[open]");
  if (!calm() || page.querySelector(".room-home")) return;
  const pulse = await fetch(`${page.dataset.here}/pulse`).then((answer) => answer.ok ? answer.text() : "", () => "");
  if (pulse && pulse !== page.dataset.pulse && calm() && page.isConnected) { waiting += 1; load(location.href, {}, () => byId("text")?.value); }
}, 3000);
openSheet();
