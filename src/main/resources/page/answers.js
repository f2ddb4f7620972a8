// The view of answers: choose runs, filter, search, turn pages.

const PER_PAGE = 10;

function chosenAnswers() {
  const wanted = place.list('runs').map(runOf).filter(run => data.answers.runs[run]);
  const usual = ['base', 'standard'].map(kind => data.settings.find(setting => setting.kind === kind)?.runs[0]);
  const best = data.settings[data.best]?.runs[0];
  const some = (wanted.length > 1 ? wanted : wanted.length ? [usual[0], ...wanted] : [...usual, best]).filter(run => data.answers.runs[run]);
  const all = Object.keys(data.answers.runs).map(Number);
  return { runs: [...new Set(some.length ? some : all.slice(0, 2))], filter: place.get('filter', 'all'), label: place.get('label'), variant: place.get('variant'),
    question: place.get('question'), find: place.get('find'), page: Math.max(1, Number(place.get('page', '1')) || 1) };
}

function drawAnswers() {
  const all = Object.keys(data.answers.runs).map(Number);
  if (!all.length) return [el('p', {}, 'There are no answers.')];
  if (unreadable()) return [el('p', { role: 'alert' }, unreadable())];
  const chosen = chosenAnswers();
  const list = el('div', { class: 'cards' }, el('p', { class: 'quiet' }, 'Reading\u2026'));
  const labels = el('span', { class: 'bar' });
  const fillIn = fillAnswers(list, labels);
  const draw = chosen => fillIn(chosen).catch(error => list.replaceChildren(el('p', { role: 'alert' }, String(error.message ?? error))));
  draw(chosen);
  return [
    el('p', { class: 'quiet' }, `Answers side by side. Each has the verdicts of its judges; open one for its reason and reply. ${data.answers.note}`),
    el('div', { class: 'bar' }, chosen.runs.map((run, k) => runChoice(chosen.runs, run, k, all)),
      chosen.runs.length < 4 ? el('button', { type: 'button', id: 'another', click: () =>
        place.set({ runs: [...chosen.runs, all.find(run => !chosen.runs.includes(run)) ?? all[0]].map(runKey) }) }, 'One more') : null),
    el('div', { class: 'bar' }, choice('Show ', Object.entries(FILTERS).map(([key, { title }]) => [key, title]), chosen.filter, filter => place.set({ filter, page: null, question: null })),
      labels, typed('Find ', chosen.find, find => {
        history.replaceState(null, '', place.link({ find: find || null, page: null, question: null }));
        draw(chosenAnswers());
      })),
    list,
  ];
}

function runChoice(runs, run, k, all) {
  const go = some => place.set({ runs: some.map(runKey), page: null });
  const change = to => go(runs.map((each, i) => i === k ? Number(to) : each));
  return el('span', { class: 'bar' },
    choice(`Run ${k + 1} `, all.map(each => [String(each), titled(data.runs[each])]), String(run), change),
    runs.length > 1 ? el('button', { type: 'button', 'aria-label': `without run ${k + 1}`, click: () => go(runs.filter((each, i) => i !== k)) }, '\u00d7') : null);
}

/** Gives what fills a list of cards; of several at once the last wins. */
function fillAnswers(list, labels) {
  let turn = 0;
  return async chosen => {
    const own = ++turn;
    const [questions, ...indices] = await Promise.all([part('questions'), ...chosen.runs.map(answersOfRun)]);
    let places = matching(questions, chosen.runs, indices, chosen);
    if (chosen.find) {
      places = await withWords(places, chosen.find, questions, chosen.runs, indices, done => {
        list.replaceChildren(el('p', { class: 'quiet' }, `Searched ${brief(done)} of ${brief(places.length)} questions\u2026`));
        return own === turn;
      });
    }
    if (own !== turn || places === null) return;
    const last = Math.max(1, Math.ceil(places.length / PER_PAGE));
    const page = Math.min(chosen.page, last);
    const read = number => Promise.all(places.slice((number - 1) * PER_PAGE, number * PER_PAGE).map(async at => [await question(questions, at),
      await Promise.all(indices.map((index, k) => Promise.all(samples(index, at).map(i => answer(chosen.runs[k], index, i)))))]));
    const cards = (await read(page)).map(([asked, columns]) => card(asked, chosen.runs, columns));
    if (own !== turn) return;
    [page + 1, page - 1].forEach(number => read(number).catch(() => {})); // so that they are there; who turns to one is told why not
    labels.replaceChildren(...kinds(questions, chosen));
    list.replaceChildren(turner(page, last, places.length, true), ...cards, cards.length > 2 ? turner(page, last, places.length, false) : '');
    if (document.activeElement === document.body && show.focused) document.getElementById(show.focused)?.focus({ preventScroll: true });
  };
}

function kinds(questions, chosen) {
  const of = (key, title) => choice(title + ' ', [['', 'all'], ...[...new Set(questions[key])].sort().map(each => [each, each])], chosen[key], to => place.set({ [key]: to || null, page: null, question: null }));
  return [of('label', 'Label'), of('variant', 'Variant'),
    chosen.question ? el('a', { href: place.link({ question: null }) }, 'all questions') : ''];
}

function turner(page, last, count, first) {
  const to = (by, title) => el('button', { type: 'button', id: first ? (by > 0 ? 'next' : 'before') : null, class: by > 0 ? 'next' : 'before', disabled: page + by < 1 || page + by > last,
    click: () => place.set({ page: page + by === 1 ? null : page + by }) }, title);
  return el('p', { class: 'pages' }, to(-1, '\u2039 before'), `page ${page} of ${last}: ${brief(count)} questions`, to(1, 'next \u203a'));
}
