  // The works without a page: the choices become a command and tables of enrich.toml.
  const LONGEST = 8000; // characters of a command: Windows' cmd.exe takes 8,191

  const chosen = (word) => proposals.filter((each) => decisions.get(idOf(each)) === word).map((each) => data.works[idOf(each)]);
  const countWorks = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  // One command for all pages, unless it would be too long.
  const compose = (words) => {
    const groups = [];
    let length = Infinity;
    for (const word of words) {
      length += word.length + 1;
      if (length > LONGEST) {
        groups.push([]);
        length = `${data.command} ${word}${data.options}`.length;
      }
      groups.at(-1).push(word);
    }
    return groups.map((group) => `${[data.command, ...group].join(" ")}${data.options}`);
  };

  const showResult = () => {
    const [made, ignored] = [chosen("take"), chosen("keep")];
    const commands = compose(made.map((each) => each.word));
    find("#finish").disabled = !made.length && !ignored.length;
    find("#unchosen").hidden = !find("#finish").disabled;
    find("#make").hidden = !made.length;
    find("#make-title").textContent = `Make ${countWorks(made.length, "page")}`;
    find("#copy-command").textContent = commands.length > 1 ? `Copy the ${commands.length} commands` : "Copy the command";
    write(find("#command"), commands.join("\n"));
    find("#ignore").hidden = !ignored.length;
    find("#ignore-title").textContent = `Leave out ${countWorks(ignored.length, "work")}`;
    find("#tables").textContent = ignored.map((each) => each.table).join("\n");
    for (const copied of findAll("[id^=copied]")) copied.textContent = "";
  };

  const finish = () => {
    if (find("#finish").disabled) { say("You have not chosen anything yet."); return; }
    find("#result-title").focus({ preventScroll: true });
    const show = () => find("#result").scrollIntoView({ block: "start", behavior: "instant" });
    show();
    requestAnimationFrame(show); // cards on the way there have their real height only now
  };

  start({
    words: { t: "take", n: "keep", m: "keep", l: "later" },
    noun: "works",
    proposal: "work",
    nameAll: { take: (every) => `Make pages for all ${every.length} works`, keep: (every) => `Not ours: all ${every.length} works` },
    rivals: () => [],
    mayAnswer: () => true,
    count: showResult,
    finish,
  });
  if (find("#bar")) {
    find("#result").hidden = false;
    find("#finish").addEventListener("click", finish);
    for (const name of ["command", "tables"]) {
      find(`#copy-${name}`).addEventListener("click", () => copy(find(`#${name}`), find(`#copied-${name}`)));
    }
  }
