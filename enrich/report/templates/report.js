"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(find("#data").textContent);
  const cards = findAll("article.card");
  const proposals = findAll("[data-page]");
  const [search, filter] = [find("#search"), find("#filter")];
  const WORDS = { t: "take", m: "keep", l: "later" };

  // Where the browser lets a file keep something, a reload loses nothing; elsewhere memory has to do.
  const store = (() => {
    const digest = (text) => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);
    const name = `enrich ${digest(find("#data").textContent)}`;
    const quietly = (work, otherwise) => { try { return work(); } catch { return otherwise; } };
    return {
      read: (key) => quietly(() => JSON.parse(localStorage.getItem(`${name} ${key}`)), null),
      write: (key, value) => quietly(() => { localStorage.setItem(`${name} ${key}`, JSON.stringify(value)); return true; }, false),
    };
  })();

  const decisions = new Map(); // "3.1", page and change, to a word
  const history = [];
  let current = null;
  let isKept = true; // what was decided is downloaded, or survives a reload

  const idOf = (proposal) => `${proposal.dataset.page}.${proposal.dataset.change}`;
  const say = (text) => { find("#said").textContent = text; };
  const titleOf = (stop) => find("h3", stop.closest("article")).textContent;

  // Deciding

  const put = (proposal, word) => {
    const id = idOf(proposal);
    if (word) decisions.set(id, word); else decisions.delete(id);
    for (const input of findAll("input", proposal)) input.checked = input.value === word;
  };

  const decide = (changes) => {
    const every = changes.flatMap(([proposal, word]) => [...(word === "take" ? rivals(proposal) : []), [proposal, word]]);
    history.push(every.map(([proposal]) => [proposal, decisions.get(idOf(proposal))]));
    for (const [proposal, word] of every) put(proposal, word);
    remember();
  };

  // A page gets one DOI: to take one of those that were found takes none of the others.
  const rivals = (proposal) => proposals
    .filter((each) => proposal.matches(".offer") && each !== proposal && each.matches(".offer"))
    .filter((each) => each.dataset.page === proposal.dataset.page && decisions.get(idOf(each)) === "take")
    .map((each) => [each, undefined]);

  const undo = () => {
    const last = history.pop();
    if (!last) { say("There is nothing to undo."); return; }
    for (const [proposal, word] of last) put(proposal, word);
    remember();
    focus(last[0][0]);
    say(`Undone. ${tally()}`);
  };

  const tally = () => `${decisions.size} of ${proposals.length} decided`;

  const remember = () => {
    isKept = store.write("decisions", [...decisions]);
    count();
  };

  const count = () => {
    find("#tally").textContent = tally();
    find("#progress").max = Math.max(proposals.length, 1);
    find("#progress").value = decisions.size;
    find("#download").disabled = !decisions.size;
    countShown();
    const shown = safe().length;
    find("#take-safe").disabled = !shown;
    find("#take-safe").textContent = shown === 1 ? "Take the safe change" : shown ? `Take the ${shown} safe changes`
      : undecided().length ? "No safe change shown" : "No safe change left";
  };

  // What the filter and the search leave to decide; of a field that is chosen, its changes alone.
  const shownChanges = (word) => {
    const isOfField = (each) => !filter.value.startsWith("field:") || each.dataset.tag === filter.value;
    const mayTake = (each) => word === "keep" || !("doubtful" in each.dataset);
    return proposals.filter((each) => !each.matches(".offer") && !each.closest("article").hidden && !decisions.has(idOf(each)) && isOfField(each) && mayTake(each));
  };

  const countShown = () => {
    const labels = { take: "Take all", keep: "Keep mine in all" };
    const [, field] = filter.value.split("field:");
    const buttons = findAll("[data-answer]");
    for (const button of buttons) {
      const number = shownChanges(button.dataset.answer).length;
      button.hidden = number < 2;
      button.textContent = `${labels[button.dataset.answer]} ${number} changes${field ? ` of ${field}` : ""}`;
    }
    find("#shown-changes").hidden = buttons.every((button) => button.hidden);
  };

  const undecided = () => proposals.filter((each) => each.dataset.label === "safe" && !decisions.has(idOf(each)));

  const safe = () => undecided().filter((each) => !each.closest("article").hidden);

  // The changes of a set get the same decision, each in a row of its own.
  const chosen = () => proposals.filter((each) => decisions.has(idOf(each))).flatMap((each) => {
    const page = data.pages[each.dataset.page];
    const proposal = page.changes[each.dataset.change];
    return (proposal.changes ?? [proposal]).map((change) =>
      ({ path: page.path, sha256: page.sha256, ...change, decision: decisions.get(idOf(each)) }));
  });

  const download = () => {
    if (!decisions.size) { say("You have not decided anything yet."); return; }
    const text = `${JSON.stringify({ schema: 1, tool: data.tool, decisions: chosen() }, null, 1)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    isKept = true;
    find("#copied").textContent = "";
    find("#saved").showModal();
  };

  // Finding

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, folded(card.textContent));
    return texts.get(card);
  };

  const isLike = (card, tag) => {
    const own = () => findAll("[data-page]", card);
    if (!tag) return true;
    if (tag === "open") return own().length > 0;
    if (tag === "decided") return own().some((each) => decisions.has(idOf(each)));
    if (tag === "undecided") return own().some((each) => !decisions.has(idOf(each)));
    return card.dataset.tags.split(" ").includes(tag);
  };

  const show = () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    for (const card of cards) {
      card.hidden = !(isLike(card, filter.value) && words.every((word) => textOf(card).includes(word)));
    }
    for (const group of findAll(".group")) {
      const inside = findAll("article", group).filter((card) => !card.hidden).length;
      group.hidden = !inside;
      find("h2 .count", group).textContent = inside;
    }
    for (const button of findAll("[data-filter]")) button.setAttribute("aria-pressed", button.dataset.filter === filter.value);
    const left = cards.filter((card) => !card.hidden).length;
    const text = `${left} of ${cards.length} publications`;
    find("#shown").hidden = left === cards.length;
    find("#shown-count").textContent = text;
    find("#none").hidden = left > 0;
    say(text);
    count();
  };

  // What is found begins under the bar, wherever on the page somebody was.
  const showFound = () => {
    show();
    scrollTo({ top: find("#start").offsetTop, behavior: "instant" });
  };

  const clear = () => {
    search.value = "";
    filter.value = "";
    show();
  };

  // Going

  const stops = () => cards.filter((card) => !card.hidden).flatMap((card) => {
    const own = findAll("[data-page]", card);
    return own.length ? own : [card];
  });

  const mark = (stop) => {
    current?.classList.remove("current");
    current = stop;
    current?.classList.add("current");
  };

  const focus = (stop) => {
    if (stop.closest("article").hidden) return;
    mark(stop);
    stop.focus({ preventScroll: true });
    const isTall = stop.offsetHeight > innerHeight * 0.7;
    stop.scrollIntoView({ block: isTall ? "start" : "center", behavior: "instant" });
  };

  const go = (step) => {
    const every = stops();
    const at = every.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : every.length - 1) : Math.min(Math.max(at + step, 0), every.length - 1);
    if (every.length) focus(every[next]);
  };

  const goOn = () => {
    const every = stops();
    const isUndecided = (stop) => stop.dataset.page && !decisions.has(idOf(stop));
    const next = every.slice(every.indexOf(current) + 1).find(isUndecided) ?? every.find(isUndecided);
    if (next) focus(next);
  };

  const answer = (word) => {
    if (!current?.dataset.page) { say("Go to a change first: j is the next one."); return; }
    const proposal = current;
    decide([[proposal, word]]);
    goOn();
    say(`${find("legend", proposal).textContent}: ${find(`label.${word}`, proposal).textContent}. ${tally()}.`);
  };

  const open = () => { if (current) find("a.doi", current.closest("article"))?.click(); };

  // Explaining

  const explain = (link) => {
    const meaning = find(`#meaning-${CSS.escape(link.dataset.meaning)}`);
    find("#meaning-title").replaceChildren(...find("h3", meaning).cloneNode(true).childNodes);
    find("#meaning-text").replaceChildren(...findAll("p", meaning).map((each) => each.cloneNode(true)));
    find("#meaning").showModal();
  };

  // Where the clipboard is closed to a file, the command is selected instead.
  const copy = async () => {
    const command = find("#command");
    const range = document.createRange();
    range.selectNodeContents(command);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    try {
      await navigator.clipboard.writeText(command.textContent);
      find("#copied").textContent = "Copied.";
    } catch {
      find("#copied").textContent = document.execCommand("copy") ? "Copied." : "Selected: press Ctrl+C or ⌘C.";
    }
  };

  // Seeing

  const THEMES = [["auto", "Auto", "as the system has them"], ["light", "Light", "light"], ["dark", "Dark", "dark"]];
  let theme = 0;
  const paint = () => {
    const [word, name, words] = THEMES[theme];
    document.documentElement.dataset.theme = word;
    find("#theme-name").textContent = name;
    find("#theme").setAttribute("aria-label", `Colours: ${words}`);
  };

  // Listening

  const KEYS = {
    j: () => go(1), k: () => go(-1), u: undo, o: open, d: download,
    "/": () => { search.focus(); search.select(); },
    "?": () => find("#help").showModal(),
    Escape: clear,
  };

  const isTyping = (target) => target.matches("input[type=search], select, textarea");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape" && event.target === search) { clear(); search.blur(); }
      return;
    }
    if (!find("#keys").checked) return;
    const work = WORDS[event.key] ? () => answer(WORDS[event.key]) : KEYS[event.key];
    if (!work) return;
    event.preventDefault();
    work();
  });

  document.addEventListener("focusin", (event) => {
    const stop = event.target.closest("[data-page]") ?? event.target.closest("article.card");
    if (stop && stops().includes(stop)) mark(stop);
  });

  document.addEventListener("change", (event) => {
    const proposal = event.target.closest("[data-page]");
    if (!proposal) return;
    decide([[proposal, event.target.value]]);
    say(tally());
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-meaning]");
    if (link) {
      event.preventDefault();
      explain(link);
      return;
    }
    const button = event.target.closest("[data-filter]");
    if (!button) return;
    filter.value = filter.value === button.dataset.filter ? "" : button.dataset.filter;
    showFound();
  });

  window.addEventListener("beforeunload", (event) => { if (!isKept) event.preventDefault(); });

  find("#theme").addEventListener("click", () => { theme = (theme + 1) % THEMES.length; paint(); store.write("theme", theme); });
  find("#help-button").addEventListener("click", KEYS["?"]);
  find("#keys").addEventListener("change", (event) => store.write("keys", event.target.checked));

  theme = THEMES[store.read("theme")] ? store.read("theme") : 0;
  paint();
  find("#keys").checked = store.read("keys") ?? true;
  findAll(".tools").forEach((each) => { each.hidden = false; });
  if (!find("#bar")) return; // a report without pages

  const words = `${data.command} --decisions decisions.json`.split(" ").map((word) => {
    const part = document.createElement("span");
    part.className = word.startsWith("--") ? "option" : "";
    part.textContent = word;
    return part;
  });
  find("#command").replaceChildren(...words.flatMap((part, at) => at ? [" ", part] : [part]));
  search.addEventListener("input", showFound);
  filter.addEventListener("change", showFound);
  for (const button of findAll("[data-answer]")) {
    button.addEventListener("click", () => {
      const every = shownChanges(button.dataset.answer);
      decide(every.map((each) => [each, button.dataset.answer]));
      say(`${every.length} decided. ${tally()}.`);
    });
  }
  find("#clear").addEventListener("click", () => { clear(); search.focus(); });
  find("#download").addEventListener("click", download);
  find("#copy").addEventListener("click", copy);
  find("#take-safe").addEventListener("click", () => {
    const every = safe();
    decide(every.map((each) => [each, "take"]));
    say(`${every.length} taken. ${tally()}.`);
  });

  const known = new Map(proposals.map((each) => [idOf(each), each]));
  for (const [id, word] of store.read("decisions") ?? []) {
    if (known.has(id) && Object.values(WORDS).includes(word)) put(known.get(id), word);
  }
  find("#bar").hidden = false;
  for (const fieldset of findAll(".decide")) fieldset.hidden = false;
  if (!proposals.length) find("#deciding").hidden = true;
  if (!proposals.some((each) => each.dataset.label === "safe")) find("#take-safe").hidden = true;
  count();
})();
