// One question with the answers of some runs side by side.

const LONG = 3000; // characters that are shown at once

function card(asked, runs, columns) {
  return el('article', { class: 'card', 'data-question': `${asked.dataset}/${asked.id}` },
    el('header', { class: 'asked' },
      el('p', { class: 'quiet' }, el('a', { href: place.link({ question: `${asked.dataset}/${asked.id}`, page: null, find: null, filter: null }) }, `${asked.dataset}/${asked.id}`),
        ` \u00b7 ${asked.label} \u00b7 ${asked.variant}`, asked.gold ? ` \u00b7 right: ${printable(asked.gold)}` : ''),
      asked.prompt.map(([role, text]) => [asked.prompt.length > 1 ? el('small', { class: 'quiet' }, role) : null, words(text)])),
    el('div', { class: 'answers' }, columns.map((own, k) => column(data.runs[runs[k]], own))));
}

/** A run's answers to the question, one sample at a time. */
function column(run, answers) {
  const at = { value: Math.max(0, answers.findIndex(answer => answer.flags & (FLAG.miss | FLAG.unread))) };
  const inside = el('div', {});
  const draw = () => inside.replaceChildren(...answers.length ? [pager(answers, at, draw), shown(answers[at.value])].filter(Boolean) : [el('p', { class: 'quiet' }, 'no answer')]);
  draw();
  return el('section', { class: 'answer', 'aria-label': titled(run) }, el('h3', {}, swatch(run.method), titled(run)), inside);
}

function swatch(method) {
  return svg('svg', { viewBox: '-16 -16 32 32', class: 'swatch', 'aria-hidden': 'true' }, marker(method, 0, 0, 10, { fill: colour(method) }));
}

function pager(answers, at, draw) {
  if (answers.length < 2) return null;
  const go = by => el('button', { type: 'button', disabled: !answers[at.value + by], click: () => {
    at.value += by;
    draw();
  }, 'aria-label': by > 0 ? 'next sample' : 'sample before' }, by > 0 ? '\u203a' : '\u2039');
  return el('p', { class: 'pages' }, go(-1), `sample ${at.value + 1} of ${answers.length}`, go(1));
}

function shown(answer) {
  const degenerate = answer.judgements.filter(each => each.rubric.startsWith('degenerate@') && each.verdict === 'ok');
  return el('div', {}, words(answer.text),
    answer.finish === 'stop' ? null : el('p', { class: 'quiet' }, `ended by ${answer.finish} after ${answer.tokens} tokens`),
    el('ul', { class: 'verdicts' }, answer.judgements.filter(each => !degenerate.includes(each)).map(each => verdict(each))));
}

function verdict({ rubric, verdict, score, reason, reply }) {
  return el('li', {}, el('details', {},
    el('summary', {}, el('strong', {}, known(score) ? `${verdict} ${brief(score)}` : verdict), el('span', { class: 'quiet' }, ' ' + rubric)),
    pairs([['reason', reason ? words(reason) : ''], ['reply', reply ? words(reply) : '']])));
}

/** Text of others: as it is, whatever it holds, in its own direction. */
function words(text) {
  const whole = printable(text);
  const block = el('bdi', { class: 'words', dir: 'auto', tabindex: whole.length > 600 ? 0 : null }, whole.slice(0, LONG));
  if (whole.length <= LONG) return block;
  const all = el('button', { type: 'button', click: () => {
    block.textContent = whole;
    all.remove();
  } }, `\u2026 all ${brief(whole.length)} characters`);
  return [block, all];
}
