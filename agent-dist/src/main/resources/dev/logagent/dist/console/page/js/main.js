// The page: one WebSocket brings the figures of each second, the table of files is asked for now and then.
import { whole, brief, size, duration, clock, badge, element, say } from './format.js';
import { Live } from './live.js';
import { Charts } from './charts.js';
import { Sources } from './sources.js';
import { Tail } from './tail.js';
import { Types } from './types.js';
import { showOutputs } from './outputs.js';
import { showAlerts, showRefused } from './alerts.js';
import { Letters } from './letters.js';

const FILES_EVERY_MS = 2000;
const byId = (id) => document.getElementById(id);

const charts = new Charts(byId('charts'));
const sources = new Sources();
const tail = new Tail();
const types = new Types((name) => sources.only(name));
const letters = new Letters();
let agent = null;
let names = [];
let troublesShown = '';

function hello(message) {
  agent = message.agent;
  names = message.names;
  document.title = `${agent.name} · log-agent`;
  say(byId('agent-name'), agent.name);
  charts.restart(names, message.history);
}

function figures(message) {
  if (message.sample) {
    charts.add(message.sample);
    tiles(Object.fromEntries(names.map((name, i) => [name, message.sample[i + 1]])), message);
  }
  const up = (Date.now() - Date.parse(agent.started_at)) / 1000;
  say(byId('about'), `log-agent ${agent.version}, up for ${duration(Math.max(1, up))}`);
  verdict(message);
  showAlerts(message.alerts, message.cleared);
  showOutputs(byId('outputs'), message.outputs);
  showRefused(message.outputs);
  letters.offer(message.outputs);
  tail.offerOutputs(message.outputs.map((output) => output.name));
}

function tiles(now, message) {
  const dead = message.outputs.reduce((sum, output) => sum + output.dead_letters.events, 0);
  fill('tile-read', brief(now.lines_read), `lines/s, ${size(now.bytes_read)}/s`);
  fill('tile-delivered', brief(now.lines_delivered), `lines/s, ${size(now.bytes_delivered)}/s`);
  fill('tile-lag', now.lag_seconds === 0 ? 'none' : duration(now.lag_seconds), 'undelivered line');
  fill('tile-queue', brief(now.queue_events), `lines, ${size(now.memory_used)}`);
  fill('tile-dead', whole(dead), 'refused for good');
  fill('tile-memory', size(now.resident_bytes), 'resident');
  fill('tile-cpu', `${brief(now.cpu * 100)} %`, 'of a core');
  fill('tile-threads', whole(message.process.threads), `${whole(message.process.open_files)} open files`);
  fill('tile-pauses', duration(message.process.gc_seconds), `${brief(message.process.gc_pauses)} collections`);
}

function fill(id, value, about) {
  byId(id).replaceChildren(value, element('small', {}, about));
}

const KINDS = { error: 'error', warning: 'warning', notice: '' };

function verdict(message) {
  const serious = message.problems.filter((problem) => problem.severity !== 'notice').length;
  const calm = `All is well: ${whole(message.files)} ${message.files === 1 ? 'log is' : 'logs are'} read and delivered.`;
  byId('verdict').dataset.status = message.status;
  say(byId('headline'), message.status === 'starting' ? 'The agent is starting …'
    : serious === 0 ? calm
      : serious === 1 ? 'One thing needs attention' : `${serious} things need attention`);
  // Ages change each second: only their text does, or nobody could press a button beside it.
  const key = message.problems.map(({ severity, what, since, source }) => [severity, what, since, source].join()).join('\n');
  if (key !== troublesShown) {
    troublesShown = key;
    byId('troubles').replaceChildren(...message.problems.map(trouble));
  }
  byId('troubles').querySelectorAll('.says').forEach((node, i) => say(node, message.problems[i].says));
}

function trouble(problem) {
  const text = element('p', {}, element('b', {}, problem.what), ' ', element('span', { class: 'says' }, problem.says));
  if (problem.since) text.append(' ', element('time', { datetime: problem.since }, `Since ${clock(problem.since)}.`));
  if (problem.source) {
    const button = element('button', { type: 'button', 'aria-label': `Show the files of ${problem.source}` }, 'Show its files');
    button.addEventListener('click', () => sources.find(problem.source));
    text.append(' ', button);
  }
  return element('li', {}, badge(problem.severity, KINDS[problem.severity]), text);
}

function connection(state) {
  const node = byId('connection');
  node.dataset.state = state;
  say(node, state === 'live' ? 'live' : 'no connection, trying again');
  if (state !== 'live') {
    byId('verdict').dataset.status = 'starting';
    say(byId('headline'), 'The agent does not answer: it was stopped, or is being restarted.');
    byId('troubles').replaceChildren();
    troublesShown = '';
  }
}

async function files() {
  const begin = performance.now();
  if (!document.hidden && byId('connection').dataset.state === 'live') {
    try {
      const answer = await fetch('/api/sources', { cache: 'no-store' });
      if (answer.status === 401) location.reload();
      if (answer.ok) {
        const all = await answer.json();
        sources.show(all);
        types.show(all.sources);
        tail.offer(all.sources.map((source) => source.name));
      }
    } catch {
      // the WebSocket tells that the agent is away
    }
  }
  const took = performance.now() - begin;
  setTimeout(files, Math.max(FILES_EVERY_MS, took * 10));
}

new Live('/api/live', (message) => (message.type === 'hello' ? hello(message) : figures(message)), (state) => {
  connection(state);
});
setTimeout(files, 300);
