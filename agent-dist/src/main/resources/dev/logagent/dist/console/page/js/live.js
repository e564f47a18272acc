// A WebSocket that comes back by itself: after a second at first, later after up to ten.

const LONGEST_WAIT_MS = 10_000;

export class Live {
  #socket = null;
  #timer = 0;
  #wait = 1000;
  #closed = false;

  /** Calls onMessage with each message, onState with 'live' or 'away'. */
  constructor(path, onMessage, onState = () => {}) {
    this.path = path;
    this.onMessage = onMessage;
    this.onState = onState;
    this.#open();
  }

  #open() {
    const address = new URL(this.path, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => {
      if (this.#closed) {
        socket.close();
        return;
      }
      this.#wait = 1000;
      this.onState('live');
    };
    socket.onmessage = (event) => this.onMessage(JSON.parse(event.data));
    socket.onclose = () => {
      if (this.#closed) return;
      this.onState('away');
      this.#timer = setTimeout(() => this.#again(), this.#wait);
      this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 1.5);
    };
  }

  // Asked for first, because a browser writes an error to its console for each WebSocket that fails.
  async #again() {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok && !this.#closed) {
        this.#open();
        return;
      }
    } catch {
      // still away
    }
    if (!this.#closed) this.#timer = setTimeout(() => this.#again(), this.#wait);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket.onmessage = null;
    // One that is closed before it stands is an error in the browser's console: that one closes as soon as it stands.
    if (this.#socket.readyState !== WebSocket.CONNECTING) this.#socket.close();
  }
}
