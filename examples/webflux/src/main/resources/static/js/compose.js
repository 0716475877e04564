// The form: a list that is typed, pasted, dropped or chosen, and how it is to be worked off.

import * as api from './api.js';
import { bytes, count } from './format.js';

const $ = (id) => document.getElementById(id);

/** Beyond this a text field only makes the browser slow; the list is kept as a file then. */
const LONGEST_TYPED = 200_000;
const PREVIEW = 2_000;

const TYPES = {
  single: 'From_Account forgets To_Account. To_Account keeps From_Account.',
  both: 'Each forgets the other.',
};

let loaded = null;

export function compose(onStarted, say) {
  const form = $('compose');
  const pairs = $('pairs');
  const list = $('list');

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await submit(onStarted);
  });
  form.addEventListener('change', showType);
  showType();

  pairs.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (text.length > LONGEST_TYPED) {
      event.preventDefault();
      load(new Blob([text]), 'Pasted list');
    }
  });
  $('file').addEventListener('change', (event) => {
    const [file] = event.target.files;
    if (file) load(file, file.name);
    event.target.value = '';
  });
  $('unload').addEventListener('click', () => {
    unload();
    pairs.focus();
  });

  // The whole page is a place to drop a list on; elsewhere the browser would open it.
  for (const name of ['dragenter', 'dragover']) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      list.classList.add('dropping');
    });
  }
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) list.classList.remove('dropping');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    list.classList.remove('dropping');
    const [file] = event.dataTransfer.files;
    const text = event.dataTransfer.getData('text');
    if (file) load(file, file.name);
    else if (text) load(new Blob([text]), 'Dropped list');
  });

  $('demo-load').addEventListener('click', () => whileBusy($('demo-load'), 'Loading', async () => {
    const faults = $('demo-faults').checked;
    await load(await api.demoList(faults), faults ? 'Demo list, with faults' : 'Demo list');
    say('The demo list is loaded.');
    $('start').focus();
  }));
}

function showType() {
  const type = new FormData($('compose')).get('type');
  $('type-help').textContent = TYPES[type];
}

async function load(blob, name) {
  hideProblem();
  const head = await blob.slice(0, PREVIEW).text();
  loaded = { blob, ndjson: head.trimStart().startsWith('{') };
  const lines = head.split('\n').filter((line) => line.trim() !== '');
  $('loaded-name').textContent = name;
  $('loaded-size').textContent = bytes(blob.size);
  $('loaded-preview').textContent = lines.slice(0, 5).join('\n') + (lines.length > 5 ? '\n…' : '');
  $('loaded').hidden = false;
  $('typed').hidden = true;
}

function unload() {
  loaded = null;
  $('loaded').hidden = true;
  $('typed').hidden = false;
}

async function submit(onStarted) {
  hideProblem();
  const text = $('pairs').value;
  const list = loaded?.blob ?? text;
  if (!loaded && text.trim() === '') {
    showProblem(new api.Problem('The list is empty', 'Type or paste a friendship a line, or drop a file.'));
    $('pairs').focus();
    return;
  }
  const ndjson = loaded ? loaded.ndjson : text.trimStart().startsWith('{');
  const type = new FormData($('compose')).get('type');
  await whileBusy($('start'), 'Sending the list', async () => {
    const deletion = await api.start(list, ndjson ? 'application/x-ndjson' : 'text/csv', type);
    onStarted(deletion.id, `${count(deletion.total)} friendships`);
    unload();
    $('pairs').value = '';
  });
}

async function whileBusy(button, label, work) {
  if (button.dataset.busy) return;
  const usual = button.textContent;
  button.textContent = `${label}…`;
  button.setAttribute('aria-disabled', 'true'); // not disabled: that would take the focus away
  button.dataset.busy = 'yes';
  try {
    await work();
  } catch (problem) {
    showProblem(problem);
  } finally {
    button.textContent = usual;
    button.removeAttribute('aria-disabled');
    delete button.dataset.busy;
  }
}

function showProblem(problem) {
  $('problem-title').textContent = problem.title ?? 'Something went wrong';
  $('problem-detail').textContent = problem.message;
  $('problem').hidden = false;
}

function hideProblem() {
  $('problem').hidden = true;
}
