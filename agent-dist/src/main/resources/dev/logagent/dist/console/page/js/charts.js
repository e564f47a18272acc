// The charts of the last minutes. uPlot draws; the colours are those of the style sheet.
import { brief, duration, size, element } from './format.js';

/* global uPlot */

const SECONDS = 300;
const percent = (share) => `${brief(share * 100)} %`;

const CHARTS = [
  { title: 'Lines a second', show: brief, series: [['lines_read', 'read'], ['lines_delivered', 'delivered']] },
  { title: 'Bytes a second', show: size, series: [['bytes_read', 'read'], ['bytes_delivered', 'delivered']] },
  { title: 'Time to delivery', show: duration, series: [['delivery_median', 'median'], ['delivery_p99', 'slowest 1 %'], ['latency_median', 'sending']] },
  { title: 'Lines on their way', show: brief, series: [['queue_events', 'lines']] },
  { title: 'Batches', show: brief, series: [['in_flight', 'in flight'], ['retries', 'retries a second']] },
  { title: 'Oldest undelivered line', show: duration, series: [['lag_seconds', 'age']] },
  { title: 'Kept on disk', show: size, series: [['spool_bytes', 'spool']], seldom: true },
  { title: 'CPU', show: percent, series: [['cpu', 'of one core']] },
  { title: 'Memory', show: size, series: [['resident_bytes', 'resident'], ['memory_used', 'lines']] },
];

/** What was remembered is shown as wide as can be, but not so wide that a moment looks like a trend. */
const LEAST_SECONDS = 60;
const span = (first, last) => [Math.max(last - SECONDS, Math.min(first, last - LEAST_SECONDS)), last];

const time = (seconds, step) => new Date(seconds * 1000).toLocaleTimeString('en-GB',
  { hour: '2-digit', minute: '2-digit', second: step < 60 ? '2-digit' : undefined });

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Charts {
  #names = [];
  #samples = [];
  #plots = [];
  #container;

  constructor(container) {
    this.#container = container;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#build());
    new ResizeObserver(() => this.#resize()).observe(container);
  }

  /** Begins anew with what the agent remembers. */
  restart(names, history) {
    this.#names = names;
    this.#samples = history.slice(-SECONDS);
    this.#build();
  }

  add(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > SECONDS) this.#samples.shift();
    if (!document.hidden) this.#draw();
  }

  #build() {
    this.#plots.forEach(({ plot }) => plot.destroy());
    this.#plots = CHARTS.map((chart) => this.#make(chart));
    this.#container.replaceChildren(...this.#plots.map(({ figure }) => figure));
    this.#draw();
  }

  #make(chart) {
    const keys = chart.series.map(([, label], i) => element('span', { class: 'key', 'data-series': i + 1 }, label));
    const holder = element('div', { class: 'plot', 'aria-hidden': 'true' });
    const figure = element('figure', { class: 'chart' },
      element('figcaption', {}, element('b', {}, chart.title), ...keys), holder);
    const axis = { stroke: color('--quiet'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    const plot = new uPlot({
      width: 300,
      height: 130,
      padding: [8, 24, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, range: (_, first, last) => span(first, last) }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
      axes: [
        { ...axis, space: 60, size: 24, incrs: [15, 30, 60, 120], values: (_, splits, __, ___, step) => splits.map((at) => time(at, step)) },
        { ...axis, size: 58, space: 34, values: (_, splits) => splits.map((value) => chart.show(value)) },
      ],
      series: [{}, ...chart.series.map((_, i) => ({
        stroke: color(`--series-${i + 1}`),
        width: 1.75,
        fill: chart.series.length === 1 ? `${color('--series-1')}22` : undefined,
        points: { show: false },
      }))],
    }, [[], ...chart.series.map(() => [])], holder);
    return { chart, plot, figure, holder, keys };
  }

  #draw() {
    const times = this.#samples.map((sample) => sample[0]);
    for (const { chart, plot, figure, keys } of this.#plots) {
      const columns = chart.series.map(([name]) => {
        const index = this.#names.indexOf(name) + 1;
        return this.#samples.map((sample) => sample[index]);
      });
      plot.setData([times, ...columns]);
      figure.hidden = chart.seldom && columns.every((column) => column.every((value) => value === 0));
      columns.forEach((column, i) => {
        const last = column.length === 0 ? '–' : chart.show(column[column.length - 1]);
        keys[i].textContent = `${chart.series[i][1]} ${last}`;
      });
    }
    this.#resize();
  }

  #resize() {
    for (const { plot, holder } of this.#plots) {
      const width = holder.clientWidth;
      if (width > 0 && width !== plot.width) plot.setSize({ width, height: 130 });
    }
  }
}
