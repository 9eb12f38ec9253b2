import type { ExtensionView, FromPanel, NameView, ObjectView, RowView, SectionView } from '../protocol/inspection.ts';
import { button, element } from './dom.ts';
import { renderFindings, renderStatus } from './status.ts';

type Send = (message: FromPanel) => void;

/** One object of the file: its names, fields, extensions and what is to be said about it. */
export function renderObject(object: ObjectView, index: number, send: Send): HTMLElement {
  return element(
    'article',
    { 'aria-labelledby': 'object' },
    element(
      'div',
      { class: 'title' },
      element('h2', { id: 'object', tabindex: -1 }, `${object.kind}: ${object.title}`),
      ...(object.copies.length === 0 ? [] : [renderCopyMenu(object, index, send)]),
    ),
    ...(object.status === undefined ? [] : [renderStatus(object.status, 'summary')]),
    ...renderFindings(object.findings, send),
    ...(object.names.length === 0 ? [] : [renderNames(object.names)]),
    ...object.sections.map((section) => renderSection(section, 'h3', send)),
    ...(object.extensions.length === 0 ? [] : [renderExtensions(object.extensions)]),
  );
}

function renderCopyMenu(object: ObjectView, index: number, send: Send): HTMLElement {
  const items = object.copies.map(({ as, label }) =>
    element(
      'li',
      {},
      button(label, 'item', () => {
        menu.open = false;
        summary.focus();
        send({ type: 'copy', object: index, as });
      }),
    ),
  );
  const summary = element('summary', { class: 'secondary' }, 'Copy as…');
  const menu = element('details', { class: 'menu' }, summary, element('ul', {}, ...items));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

function renderNames(names: readonly NameView[]): HTMLElement {
  const items = names.map(({ kind, value, note }) =>
    element(
      'li',
      {},
      ...spaced(
        element('span', { class: 'kind' }, kind),
        element('code', {}, value),
        note === undefined ? undefined : element('span', { class: 'aside' }, note),
      ),
    ),
  );
  return element(
    'section',
    { 'aria-labelledby': 'names' },
    element('h3', { id: 'names' }, names.length === 1 ? 'Name' : `Names (${names.length})`),
    element('ul', { class: 'names' }, ...items),
  );
}

export function renderSection(section: SectionView, heading: 'h2' | 'h3', send: Send): HTMLElement {
  const id = `section-${section.title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  return element(
    'section',
    { 'aria-labelledby': id },
    element(heading, { id }, section.title),
    element('table', {}, element('tbody', {}, ...section.rows.map((row) => renderRow(row, send)))),
  );
}

function renderRow(row: RowView, send: Send): HTMLElement {
  const value = row.code === true ? element('code', {}, ...breakable(row.value)) : element('span', {}, row.value);
  const copy = button('Copy', 'copy', () => send({ type: 'copyText', text: row.value, what: row.label }));
  copy.setAttribute('aria-label', `Copy ${row.label}`);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, row.label),
    element(
      'td',
      {},
      ...spaced(
        value,
        row.note === undefined ? undefined : element('span', { class: 'aside' }, row.note),
        row.code === true ? copy : undefined,
      ),
    ),
  );
}

/** A blank between parts of one line: margins are nothing to a screen reader, nor to who copies the line. */
function spaced(...parts: readonly (Node | string | undefined)[]): readonly (Node | string)[] {
  return parts.flatMap((part, index) => (part === undefined ? [] : index === 0 ? [part] : [' ', part]));
}

/** A fingerprint that needs two lines goes on behind a byte. */
function breakable(value: string): readonly (Node | string)[] {
  return value.split(/(?<=:)/).flatMap((part) => [part, document.createElement('wbr')]);
}

function renderExtensions(extensions: readonly ExtensionView[]): HTMLElement {
  return element(
    'section',
    { 'aria-labelledby': 'extensions' },
    element('h3', { id: 'extensions' }, `Extensions (${extensions.length})`),
    element('dl', { class: 'extensions' }, ...extensions.flatMap(renderExtension)),
  );
}

function renderExtension(extension: ExtensionView): readonly HTMLElement[] {
  const lines = extension.lines.map((line) => element('p', {}, line));
  const error =
    extension.error === undefined
      ? undefined
      : element('p', { class: 'status error' }, `It could not be decoded: ${extension.error}`);
  const raw =
    extension.raw === undefined
      ? undefined
      : element(
          'details',
          {},
          element('summary', {}, `Raw value (${extension.oid})`),
          element('code', { class: 'raw' }, extension.raw),
        );
  return [
    element(
      'dt',
      {},
      ...spaced(extension.name, extension.critical ? element('span', { class: 'badge' }, 'critical') : undefined),
    ),
    element('dd', {}, ...lines, error, raw),
  ];
}
