// Puts the page together. The address says which deletion is shown, so that a reload shows it again.

import * as api from './api.js';
import { compose } from './compose.js';
import { Live } from './live.js';
import { hide, isFinal, news, show, showLimit } from './panel.js';
import { Plots } from './plots.js';
import { showRecent } from './recent.js';

const $ = (id) => document.getElementById(id);
const LINKS = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' };
const CONFIRM_WITHIN = 4000;

const plots = new Plots();
let current = null; // the id of the deletion that is shown
let latest = null; // what is known of it
let known = null; // the list of all deletions, once it has come

function say(text) {
  $('said').textContent = text;
}

function link(state) {
  $('link').dataset.state = state;
  $('link-text').textContent = LINKS[state];
}

const live = new Live({
  deletions: (deletions) => {
    const first = known === null;
    known = deletions;
    showRecent(known, current);
    const running = deletions.find((deletion) => !isFinal(deletion.state));
    if (first && !location.hash && running) location.hash = running.id;
  },
  history: ({ samples, callsPerSecond }) => {
    plots.limit(callsPerSecond);
    showLimit(callsPerSecond);
    plots.add(samples);
  },
  progress: (progress) => {
    const text = news(latest, progress);
    if (text) say(text);
    latest = progress;
    document.title = title(progress);
    show(progress);
    plots.add([progress.sample]);
    showInList(progress);
  },
  gone: forget,
  link,
});

/** The list comes less often than what is known of the deletion. */
function showInList({ id, state, total, answered }) {
  if (known === null) return;
  known = known.map((deletion) => (deletion.id === id ? { ...deletion, state, total, answered } : deletion));
  showRecent(known, current);
}

function watch(id) {
  current = id;
  latest = null;
  plots.clear();
  askForConfirmation(false);
  hideProblem();
  showRecent(known ?? [], current);
  live.follow(id);
  if (!id) {
    document.title = 'Unfriend';
    hide();
  }
}

/** For the tab, while one looks at another. */
function title({ state, total, answered }) {
  if (isFinal(state)) return `${state.charAt(0)}${state.slice(1).toLowerCase()} · Unfriend`;
  return total ? `${Math.floor((100 * answered) / total)} % · Unfriend` : 'Unfriend';
}

/** The server was started anew, or has made room. */
function forget() {
  history.replaceState(null, '', location.pathname);
  watch(null);
}

function fromAddress() {
  const id = location.hash.slice(1);
  if (id !== (current ?? '')) watch(id || null);
}

/** Whether it was done, and is still looked at: until the answer comes another deletion may have been chosen. */
async function act(action) {
  const id = current;
  hideProblem();
  try {
    const progress = await action(id);
    if (id !== current) return false;
    show(progress);
    return true;
  } catch (problem) {
    showProblem(problem, id);
    return false;
  }
}

function showProblem(problem, id) {
  const title = problem.title ?? 'Something went wrong';
  $('act-problem-title').textContent = id === current ? title : `Deletion ${id}: ${title}`;
  $('act-problem-detail').textContent = problem.message;
  $('act-problem').hidden = false;
}

function hideProblem() {
  $('act-problem').hidden = true;
}

/** No dialogue for something that takes two clicks, and no cancelling by one. */
let confirmation = 0;
function askForConfirmation(asking) {
  clearTimeout(confirmation);
  $('cancel').dataset.asking = asking ? 'yes' : '';
  $('cancel').textContent = asking ? 'Really cancel?' : 'Cancel';
  if (asking) {
    say('Press again to cancel the deletion.');
    confirmation = setTimeout(() => askForConfirmation(false), CONFIRM_WITHIN);
  }
}

function keepFocus(from, to) {
  if (document.activeElement === from || document.activeElement === document.body) to.focus();
}

$('pause').addEventListener('click', async () => {
  if (await act(api.pause)) keepFocus($('pause'), $('resume'));
});
$('resume').addEventListener('click', async () => {
  if (await act(api.resume)) keepFocus($('resume'), $('pause'));
});
$('cancel').addEventListener('click', async () => {
  if ($('cancel').dataset.asking !== 'yes') {
    hideProblem();
    askForConfirmation(true);
    return;
  }
  askForConfirmation(false);
  await act(api.cancel);
});

$('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
  plots.repaint();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.repaint());

compose((id, what) => {
  location.hash = id;
  say(`Started with ${what}.`);
  $('deletion').focus({ preventScroll: true });
  $('deletion').scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}, say);

api.sandbox().then((sandbox) => {
  $('target').textContent = sandbox ? 'Sandbox' : 'Real service';
  $('target').title = sandbox?.uri ?? '';
  $('target').hidden = false;
  $('demo').hidden = !sandbox;
}, (problem) => say(problem.message));

$('origin').textContent = location.host;
addEventListener('hashchange', fromAddress);

watch(location.hash.slice(1) || null);
