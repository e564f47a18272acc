// The table of files. Only the rows in sight are in the document: thousands of files are as quick as ten.
import { whole, duration, size, clock, badge, element, say } from './format.js';

const SPARE_ROWS = 8;
const KINDS = { following: 'good', rotated: '', waiting: 'warning', behind: 'warning', unreadable: 'error', skipped: '' };
const WORST_FIRST = ['unreadable', 'behind', 'waiting', 'rotated', 'following', 'skipped'];

export class Sources {
  #rows = [];
  #skipped = [];
  #shown = [];
  #sort = { key: 'state', down: false };
  #body = document.getElementById('sources');
  #window = document.getElementById('sources-window');
  #table = document.getElementById('sources-table');
  #count = document.getElementById('sources-count');
  #text = document.getElementById('sources-text');
  #state = document.getElementById('sources-state');
  #type = document.getElementById('sources-type');

  constructor() {
    document.getElementById('sources-filters').addEventListener('submit', (event) => event.preventDefault());
    this.#text.addEventListener('input', () => this.#arrange());
    this.#state.addEventListener('change', () => this.#arrange());
    this.#type.addEventListener('change', () => this.#arrange());
    this.#window.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#draw()).observe(this.#window);
    for (const button of this.#table.querySelectorAll('thead button')) {
      button.addEventListener('click', () => this.#sortBy(button.dataset.sort));
    }
  }

  /** Takes what /api/sources answers. Files that are no logs are shown only when they are asked for. */
  show({ sources, inventory }) {
    this.#rows = sources.flatMap(rowsOf);
    this.#skipped = inventory.filter((file) => file.state === 'skipped').map(rowOfSkipped);
    this.#offerTypes([...new Set(sources.flatMap((source) => Object.keys(source.types)))].sort());
    this.#arrange();
  }

  /** Shows the files of sources that hold this type of log, and no others. */
  only(type) {
    this.#type.value = type;
    this.#arrange();
    this.#type.scrollIntoView({ block: 'nearest' });
    this.#type.focus();
  }

  /** Shows what holds this text in its name or path, and no others. */
  find(text) {
    this.#text.value = text;
    this.#state.value = '';
    this.#type.value = '';
    this.#arrange();
    this.#text.scrollIntoView({ block: 'start' });
    this.#text.focus({ preventScroll: true });
  }

  #offerTypes(types) {
    if ([...this.#type.options].slice(1).map((option) => option.value).join() === types.join()) return;
    const chosen = this.#type.value;
    this.#type.replaceChildren(element('option', { value: '' }, 'all'), ...types.map((type) => element('option', { value: type }, type)));
    this.#type.value = types.includes(chosen) ? chosen : '';
    document.getElementById('sources-type-label').hidden = types.length === 0;
  }

  #sortBy(key) {
    this.#sort = { key, down: this.#sort.key === key ? !this.#sort.down : typeof this.#rows[0]?.[key] === 'number' };
    this.#window.scrollTop = 0;
    this.#arrange();
  }

  #arrange() {
    const text = this.#text.value.trim().toLowerCase();
    const state = this.#state.value;
    const type = this.#type.value;
    const rows = state === 'skipped' ? this.#skipped : this.#rows;
    this.#shown = rows.filter((row) => (!state || row.state === state) && (!type || row.types.includes(type))
      && (!text || row.source.toLowerCase().includes(text) || row.path.toLowerCase().includes(text)));
    const { key, down } = this.#sort;
    const order = (row) => (key === 'state' ? WORST_FIRST.indexOf(row.state) : row[key]);
    const sign = down ? -1 : 1;
    this.#shown.sort((a, b) => sign * compare(order(a), order(b))
      || b.lag_seconds - a.lag_seconds || compare(a.source, b.source) || compare(a.path, b.path));
    for (const button of this.#table.querySelectorAll('thead button')) {
      const head = button.closest('th');
      button.toggleAttribute('data-sorts', button.dataset.sort === key);
      if (button.dataset.sort === key) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else if (!head.querySelector(`[data-sort="${key}"]`)) head.removeAttribute('aria-sort');
    }
    const all = rows.length;
    say(this.#count, this.#shown.length === all ? `${whole(all)} in all` : `${whole(this.#shown.length)} of ${whole(all)}`);
    this.#draw();
  }

  #draw() {
    const height = parseInt(getComputedStyle(this.#table).getPropertyValue('--row'), 10);
    const first = Math.max(0, Math.floor(this.#window.scrollTop / height) - SPARE_ROWS);
    const last = Math.min(this.#shown.length, first + Math.ceil(this.#window.clientHeight / height) + 2 * SPARE_ROWS);
    this.#table.setAttribute('aria-rowcount', this.#shown.length + 1);
    this.#body.replaceChildren(
      space(first * height),
      ...this.#shown.slice(first, last).map((row, i) => draw(row, first + i + 2)),
      space((this.#shown.length - last) * height));
  }
}

function rowsOf(source) {
  if (source.files.length === 0) {
    return [{ source: source.name, path: source.patterns.join(', '), types: [], state: 'waiting', reason: 'no file matches yet', size: 0, read: 0, delivered: 0, lag_bytes: 0, lag_seconds: 0, none: true }];
  }
  const types = Object.keys(source.types);
  return source.files.map((file) => ({ source: source.name, types, reason: '', ...file }));
}

const rowOfSkipped = (file) =>
  ({ ...file, source: '–', types: [], read: 0, delivered: 0, lag_bytes: 0, lag_seconds: 0, none: true });

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function space(height) {
  const made = element('tr', { class: 'space', 'aria-hidden': 'true' }, element('td', { colspan: 7 }));
  made.firstChild.style.height = `${height}px`;
  return made;
}

function draw(row, index) {
  const number = (text, more = '') => element('td', { class: `number ${more}` }, row.none ? '–' : text);
  const why = row.since ? `${row.reason}, since ${clock(row.since)}` : row.reason;
  const state = element('td', { class: 'state', title: why }, badge(row.state, KINDS[row.state] ?? ''));
  if (why) state.append(element('small', { class: KINDS[row.state] === 'error' || row.state === 'behind' ? 'why' : '' }, why));
  return element('tr', { 'aria-rowindex': index },
    element('td', { class: 'path', title: `${row.source}: ${row.path}` }, row.source, element('small', {}, element('bdi', {}, row.path))),
    state,
    number(size(row.size), 'wide'),
    number(size(row.read), 'wide'),
    number(size(row.delivered), 'wide'),
    number(row.lag_bytes === 0 ? '0' : size(row.lag_bytes), 'roomy'),
    number(row.lag_seconds === 0 ? '–' : duration(row.lag_seconds)));
}
