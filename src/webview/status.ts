import type { FindingView, FromPanel, Level, Status } from '../protocol/inspection.ts';
import { button, element } from './dom.ts';

/** The level as a word: colour alone tells nothing to a screen reader or in high contrast. */
const levelWords: Readonly<Record<Level, string>> = {
  good: 'Good',
  information: 'Note',
  warning: 'Warning',
  error: 'Problem',
};

const levelSigns: Readonly<Record<Level, string>> = { good: '✓', information: 'i', warning: '!', error: '✕' };

export function renderSign(level: Level): HTMLElement {
  return element('span', { class: `sign ${level}`, role: 'img', 'aria-label': levelWords[level] }, levelSigns[level]);
}

export function renderStatus(status: Status, className: string): HTMLElement {
  return element('p', { class: `status ${className} ${status.level}` }, renderSign(status.level), status.sentence);
}

export function renderFindings(
  findings: readonly FindingView[],
  send: (message: FromPanel) => void,
): readonly HTMLElement[] {
  if (findings.length === 0) return [];
  const items = findings.map(({ level, message, reference, rule, hasPage }) =>
    element(
      'li',
      { class: level },
      renderSign(level),
      element(
        'div',
        {},
        element('p', {}, message),
        element(
          'p',
          { class: 'aside' },
          hasPage ? button(rule, 'link', () => send({ type: 'showRulePage', rule })) : rule,
          reference === undefined ? undefined : ` · ${reference}`,
        ),
      ),
    ),
  );
  return [element('ul', { class: 'findings' }, ...items)];
}
