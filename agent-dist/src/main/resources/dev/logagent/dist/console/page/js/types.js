// The formats of all sources, and what there was of each.
import { whole, brief, element } from './format.js';

const COLUMNS = ['lines', 'not_parsed', 'warnings', 'errors'];

export class Types {
  #before = new Map();
  #at = 0;
  #body = document.getElementById('types');
  #section = document.getElementById('types-section');
  #choose;

  /** Calls choose with the name of a type that somebody wants to see alone. */
  constructor(choose) {
    this.#choose = choose;
  }

  /** Takes what /api/sources answers. */
  show(sources) {
    const types = sum(sources);
    const now = performance.now();
    const seconds = (now - this.#at) / 1000;
    const rate = (name, lines) => (this.#before.has(name) ? Math.max(0, lines - this.#before.get(name)) / seconds : 0);
    const rows = [...types].sort(([, a], [, b]) => b.lines - a.lines).map(([name, type]) => this.#row(name, type, rate(name, type.lines)));
    this.#before = new Map([...types].map(([name, type]) => [name, type.lines]));
    this.#at = now;
    this.#section.hidden = rows.length === 0;
    const focused = document.activeElement?.dataset?.type;
    this.#body.replaceChildren(...rows);
    if (focused) this.#body.querySelector(`[data-type="${CSS.escape(focused)}"]`)?.focus();
  }

  #row(name, type, rate) {
    const number = (text, more = '') => element('td', { class: `number ${more}` }, text);
    const button = element('button', { type: 'button', 'data-type': name }, name);
    button.addEventListener('click', () => this.#choose(name));
    return element('tr', {},
      element('th', { scope: 'row' }, button),
      element('td', { class: 'wide' }, type.sources.join(', ')),
      number(whole(type.lines)),
      number(brief(rate)),
      number(whole(type.warnings)),
      number(whole(type.errors)),
      number(whole(type.not_parsed), 'wide'));
  }
}

function sum(sources) {
  const types = new Map();
  for (const source of sources) {
    for (const [name, figures] of Object.entries(source.types)) {
      const type = types.get(name) ?? { sources: [], lines: 0, not_parsed: 0, warnings: 0, errors: 0 };
      type.sources.push(source.name);
      COLUMNS.forEach((column) => { type[column] += figures[column]; });
      types.set(name, type);
    }
  }
  return types;
}
