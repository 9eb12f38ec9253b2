import type { TimelineBar, TimelineView } from '../protocol/inspection.ts';
import { element, svgElement } from './dom.ts';

const width = 720;
const labelWidth = 170;
const rowHeight = 30;
const top = 26;

/** Validity drawn to scale. The sentence below says the same in words, so the drawing is hidden from screen readers. */
export function renderTimeline(view: TimelineView): HTMLElement {
  const x = createScale(view);
  const bottom = top + view.bars.length * rowHeight;
  const height = bottom + (view.limits.length > 0 ? 40 : 24);
  const drawing = svgElement(
    'svg',
    { class: 'timeline', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' },
    ...ticks(view).map(({ at, label }) => renderTick(x(at), label, bottom)),
    view.renewal && renderWindow(x(view.renewal.from), x(view.renewal.to)),
    ...view.bars.map((bar, row) => renderBar(bar, row, x)),
    ...view.limits.map(({ at, label }) => renderLimit(x(at), label, bottom)),
    ...renderNow(x(view.now), bottom),
  );
  const rows = view.bars.map(({ label, dates }) =>
    element('tr', {}, element('th', { scope: 'row' }, label), element('td', {}, dates)),
  );
  return element(
    'section',
    { 'aria-labelledby': 'validity' },
    element('h2', { id: 'validity' }, 'Validity'),
    element('div', { class: 'drawing' }, drawing),
    element('p', { class: 'summary' }, view.sentence),
    element('table', { class: 'dates' }, element('tbody', {}, ...rows)),
  );
}

/** Times outside of the drawing are held at its edges. */
function createScale({ from, to }: TimelineView): (time: number) => number {
  const span = Math.max(1, to - from);
  return (time) => labelWidth + ((Math.max(from, Math.min(to, time)) - from) / span) * (width - labelWidth - 12);
}

function renderBar(bar: TimelineBar, row: number, x: (time: number) => number): SVGElement {
  const y = top + row * rowHeight;
  const left = x(bar.from);
  const label = bar.label.length > 24 ? `${bar.label.slice(0, 23)}…` : bar.label;
  return svgElement(
    'g',
    { class: `bar ${bar.level}` },
    svgElement('text', { x: 0, y: y + 19 }, label),
    svgElement('rect', { x: left, y: y + 7, width: Math.max(3, x(bar.to) - left), height: 16, rx: 3 }),
  );
}

function renderWindow(left: number, right: number): SVGElement {
  return svgElement(
    'g',
    { class: 'renewal' },
    svgElement('rect', { x: left, y: top + 3, width: Math.max(2, right - left), height: rowHeight - 6, rx: 3 }),
  );
}

function renderTick(at: number, label: string, bottom: number): SVGElement {
  return svgElement(
    'g',
    { class: 'tick' },
    svgElement('line', { x1: at, x2: at, y1: top - 4, y2: bottom }),
    svgElement('text', { x: at, y: top - 10, 'text-anchor': at > width - 30 ? 'end' : 'middle' }, label),
  );
}

function renderLimit(at: number, label: string, bottom: number): SVGElement {
  const anchor = at > width - 130 ? 'end' : 'start';
  return svgElement(
    'g',
    { class: 'limit' },
    svgElement('line', { x1: at, x2: at, y1: top, y2: bottom + 22 }),
    svgElement('text', { x: at, y: bottom + 34, 'text-anchor': anchor }, label),
  );
}

function renderNow(at: number, bottom: number): readonly SVGElement[] {
  return [
    svgElement(
      'g',
      { class: 'now' },
      svgElement('line', { x1: at, x2: at, y1: top - 2, y2: bottom + 4 }),
      svgElement('text', { x: at, y: bottom + 18, 'text-anchor': 'middle' }, 'today'),
    ),
  ];
}

/** Marks at the starts of months, quarters, years or decades, at most ten. */
function ticks({ from, to }: TimelineView): readonly { readonly at: number; readonly label: string }[] {
  const months = (to - from) / (30.44 * 86_400_000);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((candidate) => months / candidate <= 9) ?? 600;
  const marks: { at: number; label: string }[] = [];
  const start = new Date(from);
  const firstMonth = start.getUTCFullYear() * 12 + start.getUTCMonth() + 1;
  for (let month = Math.ceil(firstMonth / step) * step; marks.length < 12; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > to) break;
    const year = String(Math.floor(month / 12));
    marks.push({ at, label: step >= 12 ? year : `${year}-${String((month % 12) + 1).padStart(2, '0')}` });
  }
  return marks;
}
