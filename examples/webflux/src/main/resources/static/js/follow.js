// Follows server-sent events. When a connection breaks the browser reconnects by itself and says what it saw last; the
// server then fills the gap. But any answer other than 200, as a proxy gives while the server starts anew, is the end
// for the browser; here it is not.

const AGAIN = 3000;

/**
 * Tells onLink live, reconnecting and gone. After an answer other than 200 isGone is asked whether there is nothing to
 * follow any more. Gives what stops it all.
 */
export function follow(path, handlers, onLink, isGone = async () => false) {
  let source;
  let timer = 0;
  let stopped = false;

  function open() {
    source = new EventSource(path);
    source.addEventListener('open', () => onLink('live'));
    source.addEventListener('error', () => {
      onLink('reconnecting');
      if (!stopped && source.readyState === EventSource.CLOSED) refused();
    });
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
  }

  async function refused() {
    const gone = await isGone();
    if (stopped) return;
    if (gone) onLink('gone');
    else timer = setTimeout(open, AGAIN);
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
