  // What every page to decide on has: answers that survive a reload, search, keys, colours. A page calls `start`.
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(find("#data").textContent);
  const cards = findAll("article.card");
  const proposals = findAll("[data-key]");
  const [search, filter] = [find("#search"), find("#filter")];
  let own; // what the page is about, see `start`

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

  const decisions = new Map(); // the key of a proposal to a word
  const history = [];
  let current = null;
  let isKept = true; // what was decided is downloaded, or survives a reload

  const idOf = (proposal) => proposal.dataset.key;
  const say = (text) => { find("#said").textContent = text; };
  const proposalsOf = (card) => card.dataset.key ? [card] : findAll("[data-key]", card);

  // Deciding

  const put = (proposal, word) => {
    const id = idOf(proposal);
    if (word) decisions.set(id, word); else decisions.delete(id);
    for (const input of findAll(".decide input", proposal)) input.checked = input.value === word;
  };

  const decide = (changes) => {
    const every = changes.flatMap(([proposal, word]) => [...(word === "take" ? own.rivals(proposal) : []), [proposal, word]]);
    history.push(every.map(([proposal]) => [proposal, decisions.get(idOf(proposal))]));
    for (const [proposal, word] of every) put(proposal, word);
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

  // What somebody leaves for later is still to decide.
  const isFinal = (word) => Boolean(word) && word !== "later";
  const countFinal = () => [...decisions.values()].filter(isFinal).length;
  const tally = () => `${countFinal()} of ${proposals.length} decided`;

  const remember = () => {
    isKept = store.write("decisions", [...decisions]);
    count();
  };

  const count = () => {
    find("#tally").textContent = tally();
    find("#progress").max = Math.max(proposals.length, 1);
    find("#progress").value = countFinal();
    countShown();
    find("#undo").disabled = !history.length;
    own.count();
  };

  // What the filter and the search leave to decide.
  const isShown = (proposal) => !proposal.closest("article").hidden && !decisions.has(idOf(proposal));
  const shownChanges = (word) => proposals.filter((each) => isShown(each) && own.mayAnswer(each, word));

  const isNarrowed = () => Boolean(filter.value || search.value.trim());

  const countShown = () => {
    const buttons = findAll("[data-answer]");
    const all = shownChanges("take").length;
    for (const button of buttons) {
      const every = shownChanges(button.dataset.answer);
      // What is safe has a button of its own where it is not everything.
      button.hidden = every.length < 2 || (button.dataset.answer === "safe" && every.length === all);
      button.textContent = own.nameAll[button.dataset.answer](every);
    }
    find("#shown-changes").hidden = buttons.every((button) => button.hidden);
  };

  // Finding

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, folded(card.textContent));
    return texts.get(card);
  };

  const isLike = (card, tag) => {
    const words = () => proposalsOf(card).map((each) => decisions.get(idOf(each)));
    if (!tag) return true;
    if (tag === "open") return proposalsOf(card).length > 0;
    if (tag === "decided") return words().some(isFinal);
    if (tag === "undecided") return words().some((word) => !isFinal(word));
    if (tag === "answer:") return words().some((word) => !word);
    if (tag.startsWith("answer:")) return words().some((word) => tag === `answer:${word}`);
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
    const text = `${left} of ${cards.length} ${own.noun}`;
    find("#shown").hidden = !isNarrowed();
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
    const inside = proposalsOf(card);
    return inside.length ? inside : [card];
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
    const isUndecided = (stop) => stop.dataset.key && !decisions.has(idOf(stop));
    const next = every.slice(every.indexOf(current) + 1).find(isUndecided) ?? every.find(isUndecided);
    if (next) focus(next);
  };

  const answer = (word) => {
    if (!current?.dataset.key) { say(`Go to a ${own.proposal} first: j is the next one.`); return; }
    const proposal = current;
    decide([[proposal, word]]);
    goOn();
    say(`${find("legend", proposal).textContent}: ${find(`label.${word}`, proposal).textContent}. ${tally()}.`);
  };

  const open = () => { if (current) find("a.doi", current.closest("article"))?.click(); };

  // Showing a command, and copying it

  const write = (element, text) => {
    const words = text.split(" ").map((word) => {
      const part = document.createElement("span");
      part.className = word.startsWith("--") ? "option" : "";
      part.textContent = word;
      return part;
    });
    element.replaceChildren(...words.flatMap((part, at) => at ? [" ", part] : [part]));
  };

  // Where the clipboard is closed to a file, the text is selected instead.
  const copy = async (element, copied) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    try {
      await navigator.clipboard.writeText(element.textContent);
      copied.textContent = "Copied.";
    } catch {
      copied.textContent = document.execCommand("copy") ? "Copied." : "Selected: press Ctrl+C or ⌘C.";
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
    j: () => go(1), k: () => go(-1), u: undo, o: open, d: () => own.finish(),
    "/": () => { search.focus(); search.select(); },
    "?": () => find("#help").showModal(),
    Escape: clear,
  };

  const isTyping = (target) => target.matches("input[type=search], select, textarea");

  const listenToKeys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape" && event.target === search) { clear(); search.blur(); }
      return;
    }
    if (!find("#keys").checked) return;
    const work = own.words[event.key] ? () => answer(own.words[event.key]) : KEYS[event.key];
    if (!work) return;
    event.preventDefault();
    work();
  };

  const listenToCards = () => {
    document.addEventListener("focusin", (event) => {
      const stop = event.target.closest("[data-key]") ?? event.target.closest("article.card");
      if (stop && stops().includes(stop)) mark(stop);
    });
    document.addEventListener("change", (event) => {
      const proposal = event.target.closest("[data-key]");
      if (!proposal) return;
      decide([[proposal, event.target.value]]);
      say(tally());
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-filter]");
      if (!button) return;
      filter.value = filter.value === button.dataset.filter ? "" : button.dataset.filter;
      showFound();
    });
  };

  const listenToBar = () => {
    search.addEventListener("input", showFound);
    filter.addEventListener("change", showFound);
    find("#undo").addEventListener("click", undo);
    find("#clear").addEventListener("click", () => { clear(); search.focus(); });
    for (const button of findAll("[data-answer]")) {
      button.addEventListener("click", () => {
        const every = shownChanges(button.dataset.answer);
        decide(every.map((each) => [each, button.dataset.answer === "keep" ? "keep" : "take"]));
        say(`${every.length} decided. ${tally()}.`);
      });
    }
  };

  const recall = () => {
    const known = new Map(proposals.map((each) => [idOf(each), each]));
    for (const [id, word] of store.read("decisions") ?? []) {
      if (known.has(id) && Object.values(own.words).includes(word)) put(known.get(id), word);
    }
  };

  // `page` has: words (of keys), noun and proposal (names), nameAll, rivals, mayAnswer, count and finish (functions).
  const start = (page) => {
    own = page;
    document.addEventListener("keydown", listenToKeys);
    window.addEventListener("beforeunload", (event) => { if (!isKept) event.preventDefault(); });
    find("#theme").addEventListener("click", () => { theme = (theme + 1) % THEMES.length; paint(); store.write("theme", theme); });
    find("#help-button").addEventListener("click", KEYS["?"]);
    find("#keys").addEventListener("change", (event) => store.write("keys", event.target.checked));

    theme = THEMES[store.read("theme")] ? store.read("theme") : 0;
    paint();
    find("#keys").checked = store.read("keys") ?? true;
    findAll(".tools").forEach((each) => { each.hidden = false; });
    if (!find("#bar")) return; // there is nothing to decide on

    listenToCards();
    listenToBar();
    recall();
    find("#bar").hidden = false;
    for (const fieldset of findAll(".decide")) fieldset.hidden = false;
    if (!proposals.length) find("#deciding").hidden = true;
    count();
  };
