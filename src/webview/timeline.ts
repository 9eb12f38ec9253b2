import type { TimelineBar, TimelineView } from '../protocol/inspection.ts';
import { element, svgElement } from './dom.ts';
import { type PlacedLabel, placeLabels } from './label-rows.ts';

const rowHeight = 30;
const top = 26;
/** Of a row of labels below the bars. */
const labelHeight = 16;

/**
 * Validity drawn to scale. The sentence below says the same in words, so the drawing is hidden from screen readers.
 * Times are places in percent of the drawing, so that it fits into any width and its letters keep their size.
 */
export function renderTimeline(view: TimelineView): HTMLElement {
  const x = createScale(view);
  const bottom = top + view.bars.length * rowHeight;
  const limits = placeLabels(view.limits.map(({ at }) => x(at)));
  const rowsBelow = Math.max(-1, ...limits.map(({ row }) => row)) + 1;
  const height = bottom + 24 + rowsBelow * labelHeight;
  const labels = view.bars.map(({ label }) => element('span', {}, label));
  const drawing = svgElement(
    'svg',
    { class: 'timeline', height, focusable: 'false' },
    ...ticks(view).map(({ at, label }) => renderTick(x(at), label, bottom)),
    view.renewal && renderWindow(x(view.renewal.from), x(view.renewal.to)),
    ...view.bars.map((bar, row) => renderBar(bar, row, x)),
    ...limits.map((limit, index) => renderLimit(limit, view.limits[index]?.label ?? '', bottom)),
    ...renderNow(x(view.now), bottom),
  );
  const rows = view.bars.map(({ label, dates }) =>
    element('tr', {}, element('th', { scope: 'row' }, label), element('td', {}, dates)),
  );
  return element(
    'section',
    // The object below has a part of the same name.
    { 'aria-label': 'Timeline of validity' },
    element('h2', {}, 'Validity'),
    element(
      'div',
      { class: 'drawing', 'aria-hidden': 'true' },
      element('div', { class: 'labels' }, ...labels),
      drawing,
    ),
    element('p', { class: 'summary' }, view.sentence),
    element('table', { class: 'dates' }, element('tbody', {}, ...rows)),
  );
}

/** Times outside of the drawing are held at its edges. */
function createScale({ from, to }: TimelineView): (time: number) => number {
  const span = Math.max(1, to - from);
  return (time) => ((Math.max(from, Math.min(to, time)) - from) / span) * 100;
}

function percent(part: number): string {
  return `${part.toFixed(3)}%`;
}

function renderBar(bar: TimelineBar, row: number, x: (time: number) => number): SVGElement {
  const left = x(bar.from);
  const width = percent(Math.max(0.5, x(bar.to) - left));
  const y = top + row * rowHeight + 7;
  return svgElement(
    'g',
    { class: `bar ${bar.level}` },
    svgElement('rect', { x: percent(left), y, width, height: 16, rx: 3 }),
  );
}

function renderWindow(left: number, right: number): SVGElement {
  const width = percent(Math.max(0.4, right - left));
  return svgElement(
    'g',
    { class: 'renewal' },
    svgElement('rect', { x: percent(left), y: top + 3, width, height: rowHeight - 6, rx: 3 }),
  );
}

function renderTick(at: number, label: string, bottom: number): SVGElement {
  return svgElement(
    'g',
    { class: 'tick' },
    svgElement('line', { x1: percent(at), x2: percent(at), y1: top - 4, y2: bottom }),
    svgElement('text', { x: percent(at), y: top - 10, 'text-anchor': anchorAt(at, 94, 6) }, label),
  );
}

function renderLimit({ at, anchor, row }: PlacedLabel, label: string, bottom: number): SVGElement {
  const y = bottom + 34 + row * labelHeight;
  return svgElement(
    'g',
    { class: 'limit' },
    svgElement('line', { x1: percent(at), x2: percent(at), y1: top, y2: y - 12 }),
    svgElement('text', { x: percent(at), y, 'text-anchor': anchor }, label),
  );
}

function renderNow(at: number, bottom: number): readonly SVGElement[] {
  return [
    svgElement(
      'g',
      { class: 'now' },
      svgElement('line', { x1: percent(at), x2: percent(at), y1: top - 2, y2: bottom + 4 }),
      svgElement('text', { x: percent(at), y: bottom + 18, 'text-anchor': anchorAt(at, 95, 5) }, 'today'),
    ),
  ];
}

/** Text at an edge is written inwards. */
function anchorAt(at: number, right: number, left: number): 'start' | 'middle' | 'end' {
  if (at > right) return 'end';
  return at < left ? 'start' : 'middle';
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
