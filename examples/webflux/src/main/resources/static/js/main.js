// Puts the page together. The address says which deletion is shown, so that a reload shows it again.

import * as api from './api.js';
import { compose } from './compose.js';
import { follow } from './follow.js';
import { hide, isFinal, news, show } from './panel.js';
import { Plots } from './plots.js';
import { showRecent } from './recent.js';

const $ = (id) => document.getElementById(id);
const LINKS = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting', gone: 'Not connected' };
const CONFIRM_WITHIN = 4000;

const plots = new Plots();
let current = null; // the id of the deletion that is shown
let latest = null; // what is known of it
let stopFollowing = () => {};
let known = [];

function say(text) {
  $('said').textContent = text;
}

function link(state) {
  $('link').dataset.state = state;
  $('link-text').textContent = LINKS[state];
}

function watch(id) {
  stopFollowing();
  current = id;
  latest = null;
  plots.clear();
  askForConfirmation(false);
  showRecent(known, current);
  if (!id) {
    document.title = 'Unfriend';
    hide();
    return;
  }
  stopFollowing = follow(`/deletions/${id}/events`, {
    history: ({ samples }) => plots.add(samples),
    progress: (progress, close) => {
      const text = news(latest, progress);
      if (text) say(text);
      latest = progress;
      document.title = title(progress);
      show(progress);
      plots.add([progress.sample]);
      if (isFinal(progress.state)) close();
    },
  }, (state) => {
    if (state === 'gone' && current === id) forget();
  });
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

async function act(action) {
  try {
    show(await action(current));
  } catch (problem) {
    say(problem.message);
  }
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
  await act(api.pause);
  keepFocus($('pause'), $('resume'));
});
$('resume').addEventListener('click', async () => {
  await act(api.resume);
  keepFocus($('resume'), $('pause'));
});
$('cancel').addEventListener('click', async () => {
  if ($('cancel').dataset.asking !== 'yes') {
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

let first = true;
follow('/deletions/events', {
  deletions: (deletions) => {
    known = deletions;
    showRecent(known, current);
    const running = deletions.find((deletion) => !isFinal(deletion.state));
    if (first && !location.hash && running) location.hash = running.id;
    first = false;
  },
}, link);
fromAddress();
