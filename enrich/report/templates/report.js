  // The report on pages: the decisions go into a file.
  const safe = () => proposals.filter((each) => each.dataset.label === "safe" && !decisions.has(idOf(each)));

  // What translations share is one proposal, with its page and its number there for each of them.
  const placesOf = (proposal) => idOf(proposal).split(" ").map((place) => place.split("."));
  const countChanges = (every) => every.reduce((sum, each) => sum + placesOf(each).length, 0);

  // A page gets one DOI: to take one of those that were found takes none of the others.
  const pagesOf = (proposal) => placesOf(proposal).map(([page]) => page);
  const rivals = (proposal) => proposals
    .filter((each) => proposal.matches(".offer") && each !== proposal && each.matches(".offer"))
    .filter((each) => pagesOf(each).some((page) => pagesOf(proposal).includes(page)))
    .filter((each) => decisions.get(idOf(each)) === "take")
    .map((each) => [each, undefined]);

  // Of a field that is chosen, its changes alone.
  const mayAnswer = (each, word) => {
    const isOfField = !filter.value.startsWith("field:") || each.dataset.tag === filter.value;
    if (word === "safe") return isOfField && each.dataset.label === "safe";
    return isOfField && !each.matches(".offer") && (word === "keep" || !("doubtful" in each.dataset));
  };

  const nameChanges = (every, noun) => {
    const [, field] = filter.value.split("field:");
    return `${countChanges(every)} ${noun} ${field ? `of ${field}` : "on these pages"}`;
  };

  const countSafe = () => {
    find("#download").disabled = !decisions.size;
    const number = countChanges(safe());
    const button = find("#take-safe"); // of all pages; what a filter shows has buttons of its own
    button.hidden = isNarrowed() || !proposals.some((each) => each.dataset.label === "safe");
    button.disabled = !number;
    button.textContent = number === 1 ? "Take the safe change" : number ? `Take the ${number} safe changes` : "No safe change left";
  };

  // The changes of a set get the same decision, and so do those of translations, each in a row of its own.
  const chosen = () => proposals.filter((each) => decisions.has(idOf(each))).flatMap((each) =>
    placesOf(each).flatMap(([number, change]) => {
      const page = data.pages[number];
      const proposal = page.changes[change];
      return (proposal.changes ?? [proposal]).map((part) =>
        ({ path: page.path, sha256: page.sha256, ...part, decision: decisions.get(idOf(each)) }));
    }));

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

  const explain = (event) => {
    const link = event.target.closest("[data-meaning]");
    if (!link) return;
    event.preventDefault();
    const meaning = find(`#meaning-${CSS.escape(link.dataset.meaning)}`);
    find("#meaning-title").replaceChildren(...find("h3", meaning).cloneNode(true).childNodes);
    find("#meaning-text").replaceChildren(...findAll("p", meaning).map((each) => each.cloneNode(true)));
    find("#meaning").showModal();
  };

  start({
    words: { t: "take", m: "keep", l: "later" },
    noun: "publications",
    proposal: "change",
    nameAll: {
      safe: (every) => `Take the ${nameChanges(every, "safe changes")}`,
      take: (every) => `Take all ${nameChanges(every, "changes")}`,
      keep: (every) => `Keep mine in all ${nameChanges(every, "changes")}`,
    },
    rivals,
    mayAnswer,
    count: countSafe,
    finish: download,
  });
  document.addEventListener("click", explain);
  write(find("#command"), `${data.command} --decisions decisions.json`);
  find("#copy").addEventListener("click", () => copy(find("#command"), find("#copied")));
  if (find("#bar")) {
    find("#download").addEventListener("click", download);
    find("#take-safe").addEventListener("click", () => {
      const every = safe();
      decide(every.map((each) => [each, "take"]));
      say(`${every.length} taken. ${tally()}.`);
    });
  }
