// Numbers, sizes and times for people; and elements made from text, never from markup.

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const whole = (value) => count.format(value);

export const brief = (value) => (Math.abs(value) < 10 && value % 1 !== 0 ? one : short).format(value);

export function size(bytes) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${(unit === 0 || value >= 100 ? count : one).format(value)} ${units[unit]}`;
}

export function duration(seconds) {
  if (seconds === 0) return '0 s';
  if (seconds < 0.001) return '< 1 ms';
  if (seconds < 1) return `${count.format(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds < 10 ? one.format(seconds) : count.format(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function clock(iso) {
  const time = new Date(iso);
  const today = time.toDateString() === new Date().toDateString();
  return time.toLocaleString('en-GB', today
    ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
    : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** An element with a class, attributes and children; children are nodes or texts. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function badge(text, kind) {
  return element('span', { class: 'badge', 'data-kind': kind }, text);
}

/** Sets a text only where it changes, so that a screen reader is not made to read it again. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
