// The points of the plots, in bounded memory: when there are too many, every second one goes and later ones are taken
// half as often. The newest is always there.

const MOST = 1000;

export class Series {
  #kept = [];
  #stride = 1;
  #passedOver = 0;
  #newest = null;

  /** Points come in order; those that are there already are passed over. */
  add(samples) {
    for (const sample of samples) {
      if (this.#newest && sample.t <= this.#newest.t) continue;
      this.#newest = sample;
      if (++this.#passedOver >= this.#stride) this.#keep(sample);
    }
  }

  #keep(sample) {
    this.#passedOver = 0;
    this.#kept.push(sample);
    if (this.#kept.length > MOST) {
      this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
      this.#stride *= 2;
    }
  }

  get points() {
    return this.#newest === null || this.#newest === this.#kept.at(-1) ? this.#kept : this.#kept.concat(this.#newest);
  }

  get newest() {
    return this.#newest;
  }

  most(value) {
    return this.points.reduce((most, sample) => Math.max(most, value(sample)), 0);
  }
}
