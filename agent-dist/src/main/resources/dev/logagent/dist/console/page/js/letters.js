// The table of dead letters, asked for while there are any, and sending them again.
import { whole, clock, element, say } from './format.js';

const EVERY_MS = 3000;
const byId = (id) => document.getElementById(id);

export class Letters {
  #present = false;
  #shown = '';

  constructor() {
    byId('letters-replay').addEventListener('click', () => this.#replay(''));
    this.#refresh();
  }

  /** Tells whether there are any, from the figures of the outputs. */
  offer(outputs) {
    this.#present = outputs.some((output) => output.dead_letters.bytes > 0);
    if (!this.#present) this.#hide(true);
  }

  async #refresh() {
    if (this.#present && !document.hidden) {
      try {
        const answer = await fetch('/api/dead-letters', { cache: 'no-store' });
        if (answer.ok) this.#show((await answer.json()).dead_letters);
      } catch {
        // the WebSocket tells that the agent is away
      }
    }
    setTimeout(() => this.#refresh(), EVERY_MS);
  }

  #show(letters) {
    this.#hide(letters.length === 0);
    const key = letters.map((letter) => letter.id + letter.rejected_at + letter.output).join();
    if (key === this.#shown) return;
    this.#shown = key;
    byId('letters').replaceChildren(...letters.map((letter) => this.#row(letter)));
  }

  #hide(isHidden) {
    byId('letters-window').hidden = isHidden;
    byId('letters-replay').hidden = isHidden;
  }

  #row(letter) {
    const button = element('button', { type: 'button', 'aria-label': `Send again: ${letter.text.slice(0, 80)}` }, 'Send again');
    button.addEventListener('click', () => this.#replay(`?${new URLSearchParams({ output: letter.output, id: letter.id })}`));
    return element('tr', {},
      element('td', {}, element('time', { datetime: letter.rejected_at }, clock(letter.rejected_at))),
      element('td', {}, letter.output),
      element('td', {}, letter.source),
      element('td', { class: 'why' }, letter.reason),
      element('td', {}, letter.text.slice(0, 300)),
      element('td', {}, button));
  }

  async #replay(query) {
    say(byId('letters-status'), 'sending …');
    try {
      const answer = await fetch(`/api/replay${query}`, { method: 'POST' });
      const body = await answer.json();
      say(byId('letters-status'), answer.ok ? result(body.outputs) : body.error);
      this.#shown = '';
    } catch {
      say(byId('letters-status'), 'the agent does not answer');
    }
  }
}

function result(outputs) {
  const sum = (name) => outputs.reduce((total, output) => total + output[name], 0);
  const obstacle = outputs.map((output) => output.obstacle).find((text) => text);
  return `${whole(sum('delivered'))} delivered, ${whole(sum('refused'))} refused again${obstacle ? `; ${obstacle}` : ''}`;
}
