import type { ComparisonView } from '../protocol/inspection.ts';
import { element } from './dom.ts';

/** What changed in meaning between two certificates. */
export function renderComparison(view: ComparisonView): HTMLElement {
  const rows = view.rows.map(({ label, before, after }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', { class: 'before' }, before),
      element('td', { class: 'after' }, after),
    ),
  );
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'Field'),
    element('th', { scope: 'col' }, view.with),
    element('th', { scope: 'col' }, 'This certificate'),
  );
  return element(
    'section',
    { 'aria-labelledby': 'comparison' },
    element('h2', { id: 'comparison' }, `Compared with ${view.with}`),
    element('p', { class: 'summary' }, view.sentence),
    ...(rows.length === 0
      ? []
      : [element('table', { class: 'comparison' }, element('thead', {}, head), element('tbody', {}, ...rows))]),
  );
}
