"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(one("#data").textContent);
  const cards = all("article.card");
  const proposals = all("section[data-page]");
  const [search, filter] = [one("#search"), one("#filter")];
  const WORDS = { t: "take", m: "keep", l: "later" };

  // Where the browser lets a file keep something, a reload loses nothing; elsewhere memory has to do.
  const store = (() => {
    const digest = (text) => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);
    const name = `enrich ${digest(one("#data").textContent)}`;
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
  const say = (text) => { one("#said").textContent = text; };
  const titleOf = (stop) => one("h3", stop.closest("article")).textContent;

  // Deciding

  const put = (proposal, word) => {
    const id = idOf(proposal);
    if (word) decisions.set(id, word); else decisions.delete(id);
    for (const input of all("input", proposal)) input.checked = input.value === word;
  };

  const decide = (changes) => {
    history.push(changes.map(([proposal]) => [proposal, decisions.get(idOf(proposal))]));
    for (const [proposal, word] of changes) put(proposal, word);
    remember();
  };

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
    one("#tally").textContent = tally();
    one("#progress").max = Math.max(proposals.length, 1);
    one("#progress").value = decisions.size;
    one("#download").disabled = !decisions.size;
    const left = safe().length;
    one("#take-safe").disabled = !left;
    one("#take-safe").textContent = left === 1 ? "Take the safe one" : `Take the ${left || ""} safe ones`;
  };

  const safe = () => proposals.filter((each) =>
    each.dataset.state === "safe" && !decisions.has(idOf(each)) && !each.closest("article").hidden);

  const chosen = () => proposals.filter((each) => decisions.has(idOf(each))).map((each) => {
    const page = data.pages[each.dataset.page];
    const change = page.changes[each.dataset.change];
    return { path: page.path, sha256: page.sha256, ...change, decision: decisions.get(idOf(each)) };
  });

  const download = () => {
    if (!decisions.size) { say("Nothing is decided yet."); return; }
    const text = `${JSON.stringify({ schema: 1, tool: data.tool, decisions: chosen() }, null, 1)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    isKept = true;
    one("#saved").showModal();
  };

  // Finding

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, folded(card.textContent));
    return texts.get(card);
  };

  const isLike = (card, tag) => {
    const own = () => all("section[data-page]", card);
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
    for (const group of all(".group")) {
      const inside = all("article", group).filter((card) => !card.hidden).length;
      group.hidden = !inside;
      one("h2 .count", group).textContent = inside;
    }
    for (const button of all("[data-filter]")) button.setAttribute("aria-pressed", button.dataset.filter === filter.value);
    const left = cards.filter((card) => !card.hidden).length;
    const text = `${left} of ${cards.length} pages`;
    one("#shown").hidden = left === cards.length;
    one("#shown").textContent = text;
    one("#none").hidden = left > 0;
    say(text);
    count();
  };

  const clear = () => {
    search.value = "";
    filter.value = "";
    show();
  };

  // Going

  const stops = () => cards.filter((card) => !card.hidden).flatMap((card) => {
    const own = all("section[data-page]", card);
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
    if (!current?.dataset.page) { say("Go to a proposal first: j is the next one."); return; }
    const proposal = current;
    decide([[proposal, word]]);
    goOn();
    say(`${one("legend", proposal).textContent}: ${one(`label.${word}`, proposal).textContent}. ${tally()}.`);
  };

  const open = () => { if (current) one("a.doi", current.closest("article"))?.click(); };

  // Seeing

  const THEMES = [["auto", "Auto", "as the system has them"], ["light", "Light", "light"], ["dark", "Dark", "dark"]];
  let theme = 0;
  const paint = () => {
    const [word, name, words] = THEMES[theme];
    document.documentElement.dataset.theme = word;
    one("#theme-name").textContent = name;
    one("#theme").setAttribute("aria-label", `Colours: ${words}`);
  };

  // Listening

  const KEYS = {
    j: () => go(1), k: () => go(-1), u: undo, o: open, d: download,
    "/": () => { search.focus(); search.select(); },
    "?": () => one("#help").showModal(),
    Escape: clear,
  };

  const isTyping = (target) => target.matches("input[type=search], select, textarea");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape" && event.target === search) { clear(); search.blur(); }
      return;
    }
    if (!one("#keys").checked) return;
    const work = WORDS[event.key] ? () => answer(WORDS[event.key]) : KEYS[event.key];
    if (!work) return;
    event.preventDefault();
    work();
  });

  document.addEventListener("focusin", (event) => {
    const stop = event.target.closest("section[data-page]") ?? event.target.closest("article.card");
    if (stop && stops().includes(stop)) mark(stop);
  });

  document.addEventListener("change", (event) => {
    const proposal = event.target.closest("section[data-page]");
    if (!proposal) return;
    decide([[proposal, event.target.value]]);
    say(tally());
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (!button) return;
    filter.value = filter.value === button.dataset.filter ? "" : button.dataset.filter;
    show();
  });

  window.addEventListener("beforeunload", (event) => { if (!isKept) event.preventDefault(); });

  one("#theme").addEventListener("click", () => { theme = (theme + 1) % THEMES.length; paint(); store.write("theme", theme); });
  one("#help-button").addEventListener("click", KEYS["?"]);
  one("#keys").addEventListener("change", (event) => store.write("keys", event.target.checked));

  theme = THEMES[store.read("theme")] ? store.read("theme") : 0;
  paint();
  one("#keys").checked = store.read("keys") ?? true;
  all(".tools").forEach((each) => { each.hidden = false; });
  if (!one("#bar")) return; // a report without pages

  one("#command").textContent = `${data.command} --decisions decisions.json`;
  search.addEventListener("input", show);
  filter.addEventListener("change", show);
  one("#clear").addEventListener("click", () => { clear(); search.focus(); });
  one("#download").addEventListener("click", download);
  one("#take-safe").addEventListener("click", () => {
    const every = safe();
    decide(every.map((each) => [each, "take"]));
    say(`${every.length} taken. ${tally()}.`);
  });

  const known = new Map(proposals.map((each) => [idOf(each), each]));
  for (const [id, word] of store.read("decisions") ?? []) {
    if (known.has(id) && Object.values(WORDS).includes(word)) put(known.get(id), word);
  }
  one("#bar").hidden = false;
  for (const fieldset of all(".decide")) fieldset.hidden = false;
  if (!proposals.length) for (const id of ["deciding", "take-safe"]) one(`#${id}`).hidden = true;
  count();
})();
