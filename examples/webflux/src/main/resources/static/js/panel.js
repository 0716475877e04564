// Shows one deletion.

import { clock, count, spoken, time } from './format.js';

const $ = (id) => document.getElementById(id);

const STATES = { READING: 'Reading the list', RUNNING: 'Running', PAUSED: 'Paused', DONE: 'Done', CANCELLED: 'Cancelled', FAILED: 'Failed' };
const OUTCOMES = ['deleted', 'notFriends', 'failed', 'unknown'];

export const isFinal = (state) => state === 'DONE' || state === 'CANCELLED' || state === 'FAILED';

export function show(progress) {
  const { state, total, answered, outcomes, streamed } = progress;
  $('empty').hidden = true;
  $('panel').hidden = false;
  $('d-id').textContent = progress.id;
  $('d-state').textContent = STATES[state];
  $('d-state').dataset.state = state.toLowerCase();
  $('d-type').textContent = progress.type === 'both' ? 'Two-way' : 'One-way';

  $('pause').hidden = state === 'PAUSED' || isFinal(state);
  $('resume').hidden = state !== 'PAUSED';
  $('cancel').hidden = isFinal(state);
  $('ndjson').hidden = streamed;
  $('ndjson').href = `/deletions/${progress.id}/results`;

  $('d-answered').textContent = count(answered);
  $('d-total').textContent = total === null ? 'accounts answered' : `of ${count(total)} accounts`;
  $('d-left').textContent = timeLeft(progress);
  bar(progress);

  for (const outcome of OUTCOMES) $(`n-${outcome}`).textContent = count(outcomes[outcome]);
  $('n-confirmed').textContent = count(progress.confirmed);
  rates(progress);

  const problem = state === 'FAILED' ? progress.problem : trouble(progress);
  $('d-problem').hidden = !problem;
  if (problem) {
    $('d-problem-title').textContent = problem.title;
    $('d-problem-detail').textContent = problem.detail;
  }
  codes(progress.codes);
  failures(progress.failures, outcomes.failed + outcomes.unknown);
}

/** Between this server and the service; it may pass. */
function trouble({ state, trouble: detail }) {
  return isFinal(state) || !detail ? null : { title: 'The service does not answer', detail: `${detail}. Calls are tried again.` };
}

/** While it runs, what is now; afterwards what was. */
function rates({ state, sample, perSecond, answered, seconds }) {
  const over = isFinal(state);
  $('now-calls').hidden = over;
  $('p-calls').textContent = count(sample.calls);
  $('p-adapted').hidden = over || sample.limit >= callsPerSecond;
  $('p-allowed').textContent = count(sample.limit);
  $('p-rate').textContent = count(over ? Math.round(answered / Math.max(seconds, 0.001)) : perSecond);
  $('p-rate-of').textContent = over ? 'accounts a second on average' : 'accounts a second';
}

let callsPerSecond = Infinity; // until it is told

/** The most calls a second that are ever made; what the service allows at present may be less. */
export function showLimit(limit) {
  callsPerSecond = limit;
  for (const element of document.querySelectorAll('.p-limit')) element.textContent = count(limit);
}

export function hide() {
  $('empty').hidden = false;
  $('panel').hidden = true;
}

function timeLeft({ state, secondsLeft, seconds, total, answered }) {
  if (state === 'DONE') return `in ${clock(seconds)}`;
  if (isFinal(state)) return `after ${clock(seconds)}`;
  if (state === 'PAUSED') return total === null ? 'Paused' : `${count(total - answered)} to go`;
  return secondsLeft === null ? '' : `${clock(secondsLeft)} left`;
}

function bar({ state, total, answered, outcomes }) {
  const all = total ?? Math.max(1, answered);
  const percent = Math.floor((100 * answered) / all);
  const element = $('d-bar');
  element.dataset.state = state.toLowerCase();
  element.classList.toggle('endless', total === null && !isFinal(state));
  if (total === null && !isFinal(state)) element.removeAttribute('aria-valuenow');
  else element.setAttribute('aria-valuenow', percent);
  for (const part of element.children) part.style.width = `${(100 * outcomes[part.dataset.outcome]) / all}%`;
}

function codes(counts) {
  $('codes').replaceChildren(...counts.map(({ code, count: n, category, meaning, advice }) => {
    const row = document.createElement('tr');
    const what = cell('td', sentence(meaning));
    if (advice) what.append(cell('span', ` ${advice}`, 'muted'));
    row.append(cell('th', shownCode(code, category)), cell('td', count(n), 'num'), what);
    row.firstChild.scope = 'row';
    return row;
  }));
}

function cell(tag, text, className = '') {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

let shown = '';

function failures(groups, all) {
  $('failures-none').hidden = groups.length > 0;
  $('failures-title').textContent = all > 0 ? `${count(all)} ${all === 1 ? 'account' : 'accounts'} to look at` : 'Failures';
  const now = JSON.stringify(groups.map((group) => [group.code, group.count]));
  if (now === shown) return; // nothing moves under the reader's eyes
  shown = now;
  $('failures').replaceChildren(...groups.map(failureGroup));
}

function failureGroup({ code, outcome, count: n, category, meaning, advice, last }) {
  const item = document.createElement('li');
  item.dataset.outcome = outcome === 'UNKNOWN' ? 'unknown' : 'failed';
  const what = cell('p', '', 'what');
  what.append(cell('span', shownCode(code, category), 'code'), ` ${sentence(meaning)} `, cell('span', `${count(n)}×`, 'muted'));
  const alike = last.every(({ info }) => info === last[0].info);
  const hints = cell('p', advice, 'advice');
  if (alike && last[0]?.info) hints.append(cell('span', ` ${last[0].info}`, 'info muted'));
  const accounts = document.createElement('ul');
  accounts.append(...last.map(({ at, from, to, info }) => {
    const account = document.createElement('li');
    const who = cell('span', '', 'who');
    who.append(cell('code', from), cell('span', ' → ', 'muted'), cell('code', to));
    const when = cell('time', time(at), 'muted');
    when.dateTime = at;
    account.append(who, when);
    if (info && !alike) account.append(cell('p', info, 'info muted'));
    return account;
  }));
  item.append(what, hints, accounts);
  if (n > last.length) item.append(cell('p', `and ${count(n - last.length)} before these`, 'muted more'));
  return item;
}

/** The number of a code of the library itself says nothing to a reader. */
const shownCode = (code, category) => (category === 'LOCAL' ? 'local' : code);

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What is worth saying aloud: changes, not figures. */
export function news(before, now) {
  if (before?.id !== now.id || before.state === now.state) return null;
  const { outcomes } = now;
  const bad = outcomes.failed + outcomes.unknown;
  switch (now.state) {
    case 'RUNNING': return before.state === 'PAUSED' ? 'Resumed.' : 'Running.';
    case 'PAUSED': return `Paused at ${count(now.answered)} accounts.`;
    case 'DONE': return `Done in ${spoken(now.seconds)}: ${count(outcomes.deleted)} deleted, ${count(bad)} failed.`;
    case 'CANCELLED': return `Cancelled at ${count(now.answered)} accounts.`;
    case 'FAILED': return `Failed: ${now.problem?.detail ?? ''}`;
    default: return null;
  }
}
