import type { FromPanel, InspectionView, PanelState, ToPanel } from '../protocol/inspection.ts';
import { renderChains } from './chain.ts';
import { renderComparison } from './comparison.ts';
import { button, element } from './dom.ts';
import { renderObject, renderSection } from './object.ts';
import { renderFindings, renderStatus } from './status.ts';
import { renderTimeline } from './timeline.ts';

/** The panel's script: draws the view that it comes with, later ones as they come, and says what was clicked. */

interface EditorApi {
  postMessage(message: FromPanel): void;
  setState(state: PanelState): void;
}
declare function acquireVsCodeApi(): EditorApi;

/** Where extensions are started anew, VS Code leaves a panel open that is connected to nobody. */
const nobody =
  'Nothing answers here any more, since extensions were started anew. Close this tab and open the certificate again.';
/** Milliseconds after which what was sent counts as lost. */
const patience = 4_000;

const editor = acquireVsCodeApi();
let doubt: ReturnType<typeof setTimeout> | undefined;
const send = (message: FromPanel): void => {
  editor.postMessage(message);
  clearTimeout(doubt);
  doubt = setTimeout(() => tell(nobody), patience);
};
const root = document.getElementById('root') as HTMLElement;
const announcer = document.getElementById('announcer') as HTMLElement;

let selected = 0;
let state: PanelState = {};
let view: InspectionView | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => receive(data));
const first = document.getElementById('first')?.textContent;
if (first) receive(JSON.parse(first) as ToPanel);
send({ type: 'ready' });

function receive(message: ToPanel): void {
  clearTimeout(doubt);
  if (announcer.textContent === nobody) tell('');
  if (message.type === 'taken') return;
  if (message.type === 'said') {
    say(message.message);
    return;
  }
  ({ state } = message);
  editor.setState(state);
  if (message.type === 'failed') {
    fail(message.title, message.message);
    return;
  }
  const { view: shown, select: wanted = selected } = message;
  view = shown;
  selected = Math.min(wanted, Math.max(0, shown.objects.length - 1));
  // On the first drawing there is no place to keep, and asking for it would lay the page out twice.
  if (root.hasChildNodes()) keepPlace(() => draw(shown));
  else drawFirst(shown);
}

/** What everybody asks first is shown at once, and the rest a frame later: to lay it out takes the editor several times as long. */
function drawFirst(shown: InspectionView): void {
  root.replaceChildren(renderHeader(shown));
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (view === shown && root.childElementCount === 1) root.append(...renderRest(shown));
    }),
  );
}

function draw(shown: InspectionView): void {
  root.replaceChildren(renderHeader(shown), ...renderRest(shown));
}

function renderRest(shown: InspectionView): readonly HTMLElement[] {
  const object = shown.objects[selected];
  return [
    ...(shown.comparison === undefined ? [] : [renderComparison(shown.comparison)]),
    ...(shown.connection === undefined ? [] : [renderSection(shown.connection, 'h2', send)]),
    ...(shown.timeline === undefined ? [] : [renderTimeline(shown.timeline)]),
    ...renderTogether(shown),
    ...renderChains(shown.chains, shown.chainProblems, select, send),
    ...(shown.trust === undefined ? [] : [renderSection(shown.trust, 'h2', send)]),
    ...(shown.objects.length > 1 ? [renderPicker(shown)] : []),
    ...(object === undefined ? [] : [renderObject(object, selected, send)]),
  ];
}

/** Drawn again, because the file changed or more is known, the page stays where the reader is: scrolled, opened, focused. */
function keepPlace(redraw: () => void): void {
  const controls = () => [...root.querySelectorAll<HTMLElement>('button, summary')];
  const before = controls();
  const focused = before.indexOf(document.activeElement as HTMLElement);
  const label = before[focused]?.textContent;
  const opened = new Set(
    [...root.querySelectorAll('details[open] > summary')].map((summary) => before.indexOf(summary as HTMLElement)),
  );
  const { scrollY } = window;
  redraw();
  const after = controls();
  if (after.length === before.length) {
    after.forEach((control, index) => {
      const parent = control.parentElement;
      if (opened.has(index) && parent instanceof HTMLDetailsElement) parent.open = true;
    });
  }
  const same =
    after[focused]?.textContent === label ? after[focused] : after.find((each) => each.textContent === label);
  if (focused >= 0) same?.focus({ preventScroll: true });
  window.scrollTo({ top: scrollY });
}

function select(index: number): void {
  if (view === undefined) return;
  selected = index;
  state = { ...state, object: index };
  editor.setState(state);
  send({ type: 'selected', object: index });
  draw(view);
  const heading = document.getElementById('object');
  heading?.focus();
  heading?.scrollIntoView({ block: 'start' });
}

function renderHeader(shown: InspectionView): HTMLElement {
  const { file, label } = shown.source;
  const source =
    file === undefined ? element('span', {}, label) : button(label, 'link', () => send({ type: 'openFile', file }));
  const actions = shown.actions.map(({ action, label: text }) =>
    button(text, 'secondary', () => send({ type: 'run', action })),
  );
  return element(
    'header',
    {},
    element('h1', {}, shown.title),
    element('p', { class: 'source' }, source),
    renderStatus(shown.status, 'headline'),
    ...(shown.facts.length === 0 ? [] : [renderFacts(shown)]),
    ...(actions.length === 0 ? [] : [element('div', { class: 'actions' }, ...actions)]),
  );
}

function renderTogether({ together }: InspectionView): readonly HTMLElement[] {
  if (together.length === 0) return [];
  return [
    element(
      'section',
      { 'aria-labelledby': 'together' },
      element('h2', { id: 'together' }, 'Keys and files'),
      ...renderFindings(together, send),
    ),
  ];
}

function renderFacts({ facts }: InspectionView): HTMLElement {
  const rows = facts.map(({ label, value }) =>
    element('tr', {}, element('th', { scope: 'row' }, label), element('td', {}, value)),
  );
  return element('table', { class: 'facts' }, element('tbody', {}, ...rows));
}

/** The objects of the file, where it holds more than one. */
function renderPicker(shown: InspectionView): HTMLElement {
  const items = shown.objects.map((object, index) => {
    const choice = button('', 'choice', () => select(index));
    choice.append(element('span', { class: 'kind' }, object.kind), element('span', {}, object.title));
    if (index === selected) choice.setAttribute('aria-current', 'true');
    return element('li', {}, choice);
  });
  return element(
    'nav',
    { 'aria-labelledby': 'picker' },
    element('h2', { id: 'picker' }, `In this file: ${shown.objects.length} objects`),
    element('ol', { class: 'picker' }, ...items),
  );
}

function fail(title: string, message: string): void {
  view = undefined;
  root.replaceChildren(
    element('header', {}, element('h1', {}, title), renderStatus({ level: 'error', sentence: message }, 'headline')),
  );
}

let silence: ReturnType<typeof setTimeout> | undefined;
function say(message: string): void {
  tell(message);
  silence = setTimeout(() => tell(''), 4000);
}

function tell(message: string): void {
  clearTimeout(silence);
  announcer.textContent = message;
}
