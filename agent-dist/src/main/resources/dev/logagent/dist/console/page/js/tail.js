// Live lines. What they hold is shown as text, never as markup; only the newest stay in the document.
import { element, say, whole, brief } from './format.js';
import { Live } from './live.js';

const MOST_LINES = 300;
const TYPING_MS = 300;

export class Tail {
  #live = null;
  #list = document.getElementById('tail');
  #box = document.querySelector('.tail');
  #count = document.getElementById('tail-count');
  #text = document.getElementById('tail-text');
  #source = document.getElementById('tail-source');
  #output = document.getElementById('tail-output');
  #level = document.getElementById('tail-level');
  #pause = document.getElementById('tail-pause');
  #shown = 0;
  #missed = 0;
  #timer = 0;

  constructor() {
    document.getElementById('tail-filters').addEventListener('submit', (event) => event.preventDefault());
    this.#text.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), TYPING_MS);
    });
    this.#source.addEventListener('change', () => this.#ask());
    this.#output.addEventListener('change', () => this.#ask());
    this.#level.addEventListener('change', () => this.#ask());
    this.#pause.addEventListener('click', () => {
      const pausing = this.#pause.getAttribute('aria-pressed') === 'false';
      this.#pause.setAttribute('aria-pressed', pausing);
      this.#pause.textContent = pausing ? 'Go on' : 'Pause';
      this.#ask(true);
    });
    document.getElementById('tail-clear').addEventListener('click', () => this.#clear());
    document.addEventListener('visibilitychange', () => this.#ask(true));
    this.#ask();
  }

  /** Offers these sources in the filter. */
  offer(names) {
    offer(this.#source, names, [element('option', { value: '' }, 'all')]);
  }

  /** Offers these outputs: each reads for itself, so the lines of one at a time are shown. */
  offerOutputs(names) {
    if (names.length < 2 || !offer(this.#output, names, [])) return;
    document.getElementById('tail-output-label').hidden = false;
    this.#ask();
  }

  /** The filter is part of the address: another one is another connection. */
  #ask(keep = false) {
    this.#live?.close();
    this.#live = null;
    if (!keep) this.#clear();
    if (document.hidden || this.#pause.getAttribute('aria-pressed') === 'true') return;
    const query = new URLSearchParams({ text: this.#text.value, source: this.#source.value, output: this.#output.value, level: this.#level.value });
    this.#live = new Live(`/api/events?${query}`, (message) => this.#add(message));
  }

  #clear() {
    this.#list.replaceChildren();
    this.#shown = 0;
    this.#missed = 0;
    this.#tell();
  }

  #add(message) {
    const atEnd = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < 40;
    this.#list.append(...message.lines.map(line));
    while (this.#list.childElementCount > MOST_LINES) this.#list.firstElementChild.remove();
    this.#shown += message.lines.length;
    this.#missed += message.not_shown;
    this.#tell();
    if (atEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }

  #tell() {
    say(this.#count, this.#missed === 0
      ? (this.#shown === 0 ? '' : `${whole(this.#shown)} shown`)
      : `${whole(this.#shown)} shown, ${brief(this.#missed)} passed by too quickly`);
  }
}

/** Gives whether there was anything new to offer. What was chosen stays so, as long as it is there. */
function offer(select, names, first) {
  const options = [...first, ...names.map((name) => element('option', { value: name }, name))];
  const values = options.map((option) => option.value);
  if ([...select.options].map((option) => option.value).join('\n') === values.join('\n')) return false;
  const chosen = select.value;
  select.replaceChildren(...options);
  select.value = values.includes(chosen) ? chosen : values[0];
  return true;
}

function line(event) {
  const time = element('time', { datetime: event.at },
    new Date(event.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 1 }));
  return element('li', { 'data-level': event.level, title: `${event.file}, byte ${event.offset}` },
    time,
    element('span', { class: 'level' }, event.level),
    element('span', { class: 'from' }, event.source),
    element('span', { class: 'text' }, event.cut ? `${event.text} …` : event.text));
}
