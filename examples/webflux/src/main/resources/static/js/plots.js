// The two plots.

import { clock, count, short } from './format.js';
import { Series } from './series.js';

const OUTCOMES = ['deleted', 'notFriends', 'failed', 'unknown'];
const LABELS = { deleted: 'Deleted', notFriends: 'Not friends', failed: 'Failed', unknown: 'Unknown' };

const motionless = { animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false };

/** Canvas knows no CSS variables: each colour is looked up on an element that has it. */
function colours() {
  const probe = document.createElement('span');
  document.body.append(probe);
  const of = (name) => {
    probe.className = `probe-${name}`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(
    [...OUTCOMES, 'ink', 'muted', 'line', 'calls', 'calls-fill', 'limit', 'adapted', 'surface'].map((name) => [name, of(name)]));
  probe.remove();
  return found;
}

const seconds = (value) => clock(value);

function axes(c) {
  return {
    x: {
      type: 'linear',
      min: 0,
      border: { display: false },
      grid: { display: false },
      ticks: { color: c.muted, maxRotation: 0, autoSkipPadding: 24, callback: seconds, font: { size: 11 } },
    },
    y: {
      border: { display: false },
      grid: { color: c.line, drawTicks: false },
      ticks: { color: c.muted, padding: 8, font: { size: 11 } },
    },
  };
}

function tooltip(c) {
  return {
    mode: 'index',
    intersect: false,
    backgroundColor: c.ink,
    titleColor: c.surface,
    bodyColor: c.surface,
    padding: 10,
    cornerRadius: 6,
    displayColors: false,
    callbacks: {
      title: ([item]) => clock(item.parsed.x),
      label: (item) => `${item.dataset.label}: ${count(item.parsed.y)}`,
    },
  };
}

function callsPlot(c) {
  const y = axes(c).y;
  return new Chart(document.getElementById('plot-calls'), {
    type: 'line',
    data: {
      datasets: [
        { label: 'Limit', data: [], borderColor: c.limit, borderWidth: 1.5, borderDash: [5, 4], pointRadius: 0 },
        { label: 'Allowed', data: [], borderColor: c.adapted, borderWidth: 1.5, pointRadius: 0, stepped: 'before' },
        { label: 'Calls', data: [], borderColor: c.calls, backgroundColor: c['calls-fill'], borderWidth: 2, pointRadius: 0, fill: 'origin', tension: 0.25, cubicInterpolationMode: 'monotone' },
      ],
    },
    options: {
      ...motionless,
      interaction: { mode: 'index', intersect: false },
      scales: { ...axes(c), y: { ...y, min: 0, ticks: { ...y.ticks, includeBounds: false } } },
      plugins: { legend: { display: false }, tooltip: tooltip(c) },
    },
  });
}

/** Logarithmic: thirty failures beside a hundred thousand deletions are to be seen. */
function outcomesPlot(c) {
  const y = axes(c).y;
  const powersOfTen = (value) => (Number.isInteger(Math.log10(value)) ? short(value) : null);
  return new Chart(document.getElementById('plot-outcomes'), {
    type: 'line',
    data: {
      datasets: OUTCOMES.map((outcome) => ({
        label: LABELS[outcome], data: [], borderColor: c[outcome], borderWidth: 2, pointRadius: 0, borderJoinStyle: 'round',
      })),
    },
    options: {
      ...motionless,
      interaction: { mode: 'index', intersect: false },
      scales: {
        ...axes(c),
        y: { ...y, type: 'logarithmic', min: 1, suggestedMax: 1000, ticks: { ...y.ticks, callback: powersOfTen }, grid: { ...y.grid, color: (tick) => (powersOfTen(tick.tick.value) ? c.line : 'transparent') } },
      },
      plugins: { legend: { display: false }, tooltip: tooltip(c) },
    },
  });
}

/** Zero is nowhere on a logarithmic axis: a line begins at its ground, just before there is something to show. */
function fromTheGround(point, i, all) {
  if (point.y > 0) return point;
  return { x: point.x, y: all[i + 1]?.y > 0 ? 1 : null };
}

export class Plots {
  #series = new Series();
  #limit = 0;
  #calls;
  #outcomes;

  constructor() {
    this.#draw();
  }

  /** Other colours. */
  repaint() {
    this.#calls.destroy();
    this.#outcomes.destroy();
    this.#draw();
    this.#show();
  }

  clear() {
    this.#series = new Series();
    this.#show();
  }

  /** The most calls a second that will ever be allowed. */
  limit(callsPerSecond) {
    this.#limit = callsPerSecond;
  }

  add(samples) {
    this.#series.add(samples);
    this.#show();
  }

  #draw() {
    const c = colours();
    this.#calls = callsPlot(c);
    this.#outcomes = outcomesPlot(c);
  }

  #show() {
    const points = this.#series.points;
    const at = (value) => points.map((sample) => ({ x: sample.t / 1000, y: value(sample) }));
    const end = Math.max(5, (this.#series.newest?.t ?? 0) / 1000);
    const [limit, allowed, calls] = this.#calls.data.datasets;
    limit.data = at(() => this.#limit);
    allowed.data = at((sample) => (sample.limit < this.#limit ? sample.limit : null));
    calls.data = at((sample) => sample.calls);
    OUTCOMES.forEach((outcome, i) => {
      this.#outcomes.data.datasets[i].data = at((sample) => sample[outcome]).map(fromTheGround);
    });
    document.getElementById('legend-adapted').hidden = allowed.data.every((point) => point.y === null);
    const most = this.#series.most((sample) => sample.calls);
    const top = Math.max(most, this.#limit, 4);
    this.#calls.options.scales.y.max = top * 1.1;
    this.#calls.options.scales.y.ticks.stepSize = top / 4;
    for (const plot of [this.#calls, this.#outcomes]) {
      plot.options.scales.x.max = end;
      plot.update('none');
    }
    document.getElementById('plot-calls').setAttribute(
      'aria-label', `Calls a second over time, ${most} at the most, ${this.#limit} allowed`);
  }
}
