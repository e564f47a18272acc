// Alerts that are raised, and those that were cleared lately; and what was refused for good.
import { whole, size, clock, badge, element, say } from './format.js';

const byId = (id) => document.getElementById(id);
let shown = '';

export function showAlerts(active, cleared) {
  // A list that is made anew each second could not be read out, nor its text selected.
  const key = JSON.stringify([active.map(({ id, message, raised_at }) => [id, message, raised_at]), cleared.length, cleared[0]?.cleared_at]);
  if (key === shown) return;
  shown = key;
  byId('alerts-section').hidden = active.length + cleared.length === 0;
  byId('alerts').replaceChildren(...(active.length === 0 ? [element('li', {}, badge('none', 'good'), element('p', {}, 'No alert is raised.'))] : active.map(raised)));
  byId('cleared-box').hidden = cleared.length === 0;
  say(byId('cleared-title'), `Cleared lately: ${whole(cleared.length)}`);
  byId('cleared').replaceChildren(...cleared.map(over));
}

function time(iso, text) {
  return element('time', { datetime: iso }, text);
}

function raised(alert) {
  return element('li', { 'data-alert': alert.id },
    badge(alert.severity, alert.severity),
    element('p', {}, alert.message, ' ', time(alert.since, `Since ${clock(alert.since)}.`)));
}

function over(alert) {
  return element('li', {},
    badge('cleared', ''),
    element('p', {}, alert.message, ' ', time(alert.cleared_at, `From ${clock(alert.since)} to ${clock(alert.cleared_at)}.`)));
}

export function showRefused(outputs) {
  const rows = outputs.flatMap((output) => Object.entries(output.dead_letters.reasons)
    .map(([reason, events]) => ({ output: output.name, reason, events })));
  const kept = outputs.reduce((sum, output) => sum + output.dead_letters.bytes, 0);
  byId('refused-section').hidden = rows.length === 0 && kept === 0;
  byId('refused-reasons').hidden = rows.length === 0;
  rows.sort((a, b) => b.events - a.events);
  byId('refused').replaceChildren(...rows.map((row) => element('tr', {},
    element('th', { scope: 'row' }, row.output),
    element('td', { class: 'why' }, row.reason),
    element('td', { class: 'number' }, whole(row.events)))));
  say(byId('refused-note'), kept === 0 ? '' : `${size(kept)} of dead letters are on disk. “log-agent dead-letter list” shows them all.`);
}
