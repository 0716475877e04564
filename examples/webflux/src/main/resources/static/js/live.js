// What is live, over one connection: a browser opens six to a server, for all its tabs together, and whatever is asked
// besides waits behind them. The deletion that is shown is followed while it runs, else the list of all; what the
// connection does not tell is asked for now and then, and all of it while nobody looks at the tab.

import * as api from './api.js';
import { follow } from './follow.js';
import { isFinal } from './panel.js';

const ASK_AGAIN = 4000;

export class Live {
  #on;
  #id = null;
  #over = false; // the server has said its last word about the deletion
  #stop = () => {};

  /** Wants deletions, history, progress, gone and link: what to do when one of them comes. */
  constructor(handlers) {
    this.#on = handlers;
    document.addEventListener('visibilitychange', () => this.#connect());
    setInterval(() => this.#ask(), ASK_AGAIN);
  }

  /** With null there is only the list. */
  follow(id) {
    this.#id = id;
    this.#over = false;
    this.#connect();
  }

  #connect() {
    this.#stop();
    this.#stop = () => {};
    if (document.hidden) return;
    if (this.#follows()) {
      this.#stop = this.#deletion();
      this.#ask();
    } else {
      this.#stop = follow('/deletions/events', { deletions: this.#on.deletions }, this.#on.link);
    }
  }

  #follows() {
    return this.#id !== null && !this.#over;
  }

  #deletion() {
    const id = this.#id;
    let last = false;
    return follow(`/deletions/${id}/events`, {
      history: this.#on.history,
      progress: (progress) => {
        last = isFinal(progress.state);
        this.#on.progress(progress);
      },
    }, (state) => {
      if (last && state !== 'live') {
        this.#over = true;
        this.#connect();
      } else if (state === 'gone') {
        this.#on.gone();
      } else {
        this.#on.link(state);
      }
    }, () => api.isGone(id));
  }

  async #ask() {
    const id = this.#id;
    if (!this.#follows()) return;
    try {
      if (document.hidden) {
        const progress = await api.progress(id);
        if (id === this.#id) this.#on.progress(progress);
      } else {
        this.#on.deletions((await api.list()).deletions);
      }
    } catch {
      // The connection tells that the server is not there, and that it is there again.
    }
  }
}
