// The table of destinations.
import { whole, duration, size, clock, badge, element } from './format.js';

const STATES = {
  delivering: ['delivering', 'good'],
  retrying: ['not reachable', 'error'],
  refused: ['refused', 'error'],
};

export function showOutputs(body, outputs) {
  body.replaceChildren(...outputs.map(row));
}

function row(output) {
  const [word, kind] = STATES[output.state] ?? [output.state, 'warning'];
  const state = element('td', {}, badge(word, kind));
  if (output.reason) {
    state.append(element('small', { class: 'why' }, output.reason), element('small', {}, `since ${clock(output.since)}`));
  }
  const number = (text, more = '') => element('td', { class: `number ${more}` }, text);
  const send = output.send_seconds;
  const took = number(send.count === 0 ? '–' : duration(send.median), 'wide');
  if (send.count > 0) took.append(element('small', {}, `slowest 1 % ${duration(send.p99)}`));
  const delivered = number(whole(output.events_delivered));
  delivered.append(element('small', {}, size(output.bytes_delivered)));
  const waiting = number(whole(output.events_on_their_way), 'roomy');
  waiting.append(element('small', {}, `${size(output.memory_used_bytes)} of ${size(output.memory_max_bytes)}`));
  if (output.spool.batches > 0) {
    waiting.append(element('small', {}, `${size(output.spool.bytes)} on disk`));
  }
  const dead = number(whole(output.dead_letters.events), 'roomy');
  if (output.dead_letters.events > 0) {
    dead.classList.add('why');
    dead.append(element('small', {}, output.dead_letters.last_reason ?? ''));
  }
  return element('tr', { 'data-output': output.name },
    element('th', { scope: 'row' }, output.name, element('small', {}, `${output.destination} (${output.transport})`)),
    state,
    delivered,
    waiting,
    number(whole(output.in_flight), 'wide'),
    number(whole(output.retries), 'wide'),
    took,
    dead);
}
