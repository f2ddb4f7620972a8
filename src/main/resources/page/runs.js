// A run's answers by question, and the questions: indices of small numbers, texts only when asked for.

const FLAG = { hit: 1, miss: 2, unread: 4, evades: 8, degenerate: 16, cut: 32 };

/** A run's index, with the place of the first answer to each question. */
async function answersOfRun(run) {
  const index = await part('run-' + run);
  if (!index.first) {
    index.first = new Map();
    index.question.forEach((question, i) => index.first.has(question) || index.first.set(question, i));
  }
  return index;
}

/** Places of a run's answers to a question. */
function samples(index, question) {
  const out = [];
  for (let i = index.first.get(question) ?? Infinity; index.question[i] === question; i++) out.push(i);
  return out;
}

/** One answer whole. */
async function answer(run, index, place) {
  const [text, finish, tokens, judgements] = await entry('run-' + run, index.starts, place);
  return { text, finish, tokens, flags: index.flags[place], sample: index.sample[place],
    judgements: judgements.map(([rubric, verdict, score, reason, reply]) => ({ rubric: data.answers.rubrics[rubric], verdict, score, reason, reply })) };
}

/** One question whole. */
async function question(index, place) {
  const [prompt, gold] = await entry('questions', index.starts, place);
  return { prompt, gold, id: index.id[place], dataset: index.dataset[place], label: index.label[place], variant: index.variant[place] };
}

/** Text that others wrote, with signs for characters that are not seen and change what is seen. */
function printable(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    character => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'));
}
