// The deletions that the server knows, the newest first.

import { count, time } from './format.js';
import { isFinal } from './panel.js';

const $ = (id) => document.getElementById(id);
const rows = new Map();

export function showRecent(deletions, current) {
  $('recent-none').hidden = deletions.length > 0;
  for (const id of rows.keys()) {
    if (!deletions.some((deletion) => deletion.id === id)) rows.delete(id);
  }
  $('recent').replaceChildren(...deletions.map((deletion) => row(deletion, current)));
}

/** Rows are kept, so that the focus stays where it is. */
function row(deletion, current) {
  const known = rows.get(deletion.id) ?? create(deletion);
  known.link.dataset.state = deletion.state.toLowerCase();
  if (deletion.id === current) known.link.setAttribute('aria-current', 'true');
  else known.link.removeAttribute('aria-current');
  const all = deletion.total ?? deletion.answered;
  known.figures.textContent = isFinal(deletion.state)
    ? `${count(deletion.answered)} · ${deletion.state.toLowerCase()}`
    : `${count(deletion.answered)} of ${deletion.total === null ? '?' : count(all)}`;
  known.meter.style.width = deletion.state === 'DONE' ? '100%' : `${all === 0 ? 0 : (100 * deletion.answered) / all}%`;
  return known.item;
}

function create(deletion) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `#${deletion.id}`;
  const name = document.createElement('code');
  name.textContent = deletion.id;
  const when = document.createElement('span');
  when.className = 'when';
  when.textContent = time(deletion.created);
  const figures = document.createElement('span');
  figures.className = 'figures-small';
  const track = document.createElement('span');
  track.className = 'track';
  const meter = document.createElement('i');
  track.append(meter);
  link.append(name, when, figures, track);
  item.append(link);
  const row = { item, link, figures, meter };
  rows.set(deletion.id, row);
  return row;
}
