// Follows server-sent events. The browser reconnects by itself and says what it saw last; the server then fills the gap.

export function follow(path, handlers, onLink) {
  const source = new EventSource(path);
  source.addEventListener('open', () => onLink?.('live'));
  source.addEventListener('error', () => onLink?.(source.readyState === EventSource.CLOSED ? 'gone' : 'reconnecting'));
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data), () => source.close()));
  }
  return () => source.close();
}
