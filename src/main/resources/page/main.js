// The views of the page, of which the address names one. A view is drawn anew when the address changes.

const views = {
  results: { title: 'Results', draw: drawResults },
  labels: { title: 'By label', draw: drawLabels },
  training: { title: 'Training', draw: drawTraining },
  compare: { title: 'Compare', draw: drawCompare },
  answers: { title: 'Answers', draw: drawAnswers },
  about: { title: 'What was run', draw: drawAbout },
};

function show() {
  const name = place.get('view', 'results');
  const view = views[name] ?? views.results;
  const focused = document.activeElement?.id;
  show.focused = focused;
  tip.hide();
  document.getElementById('views').replaceChildren(...Object.entries(views).map(([key, each]) =>
    el('a', { href: place.view(key), 'aria-current': each === view ? 'page' : null }, each.title)));
  document.getElementById('main').replaceChildren(...view.draw());
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

addEventListener('hashchange', show);
addEventListener('resize', () => {
  clearTimeout(show.waiting);
  show.waiting = setTimeout(show, 120);
});
show();
