// Which questions are shown: by what their answers are, and by words.

const decided = flags => (flags & 3) === FLAG.hit || (flags & 3) === FLAG.miss;

/** Each says of a run's answer, and the base model's to the same, whether it is one to look at. */
const FILTERS = {
  all: { title: 'All', fits: () => true },
  flips: { title: 'Flips between the first run and another', other: true,
    fits: (flags, first) => first !== null && decided(flags) && decided(first) && (flags & 3) !== (first & 3) },
  disagree: { title: 'Judges disagree', fits: flags => (flags & 3) === 3 },
  worst: { title: 'Misses, worst first', fits: flags => (flags & FLAG.miss) !== 0 },
  unscored: { title: 'Unscored', fits: flags => (flags & FLAG.unread) !== 0 },
  evading: { title: 'Evading', fits: flags => (flags & FLAG.evades) !== 0 },
  degenerate: { title: 'Degenerate', fits: flags => (flags & FLAG.degenerate) !== 0 },
  cut: { title: 'Cut at the longest', fits: flags => (flags & FLAG.cut) !== 0 },
};

/** Places of questions that fit, in the order to show them. */
function matching(questions, runs, indices, chosen) {
  const filter = FILTERS[chosen.filter] ?? FILTERS.all;
  const [first] = indices;
  const places = questions.id.map((id, place) => place).filter(place =>
    (!chosen.label || questions.label[place] === chosen.label) && (!chosen.variant || questions.variant[place] === chosen.variant)
    && (!chosen.question || questions.dataset[place] + '/' + questions.id[place] === chosen.question));
  const flagsOf = (index, place) => samples(index, place).map(i => index.flags[i]);
  const fits = place => {
    const before = flagsOf(first, place);
    return indices.some((index, k) => (k > 0 || !filter.other)
      && flagsOf(index, place).some((flags, s) => filter.fits(flags, before[s] ?? null)));
  };
  const some = filter === FILTERS.all ? places : places.filter(fits);
  return chosen.filter === 'worst' ? some.sort((a, b) => lowest(indices, a) - lowest(indices, b)) : some;
}

/** The lowest number a judge gave to an answer; those without any come last. */
function lowest(indices, place) {
  const scores = indices.flatMap(index => samples(index, place).map(i => index.score[i])).filter(known);
  return scores.length ? Math.min(...scores) : 1000;
}

/** Of these places those whose question or answers have all words; tells how far it is. */
async function withWords(places, words, questions, runs, indices, progress) {
  const wanted = words.toLowerCase().split(/\s+/).filter(word => word);
  const found = [];
  for (const [i, place] of places.entries()) {
    if (i % 500 === 0 && !progress(i)) return null;
    const asked = await question(questions, place);
    const texts = [asked.id, asked.gold, ...asked.prompt.map(([, text]) => text)];
    for (const [k, index] of indices.entries()) {
      for (const at of samples(index, place)) texts.push((await answer(runs[k], index, at)).text);
    }
    const text = texts.join('\n').toLowerCase();
    if (wanted.every(word => text.includes(word))) found.push(place);
  }
  return found;
}
