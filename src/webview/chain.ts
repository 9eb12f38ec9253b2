import type { ChainEdge, ChainNode, ChainView, FindingView, FromPanel } from '../protocol/inspection.ts';
import { button, element } from './dom.ts';
import { renderFindings, renderSign, renderStatus } from './status.ts';

const roles: Readonly<Record<ChainNode['role'], string>> = {
  leaf: 'Server certificate',
  intermediate: 'Intermediate',
  root: 'Root',
  missing: 'Missing',
};

/** The chain as boxes from the leaf down to the root; between two boxes stands why one issued the other. */
export function renderChains(
  chains: readonly ChainView[],
  problems: readonly FindingView[],
  select: (object: number) => void,
  send: (message: FromPanel) => void,
): readonly HTMLElement[] {
  if (chains.length === 0 && problems.length === 0) return [];
  const [first, ...others] = chains;
  return [
    element(
      'section',
      { 'aria-labelledby': 'chain' },
      element('h2', { id: 'chain' }, 'Chain'),
      ...(first === undefined ? [] : renderChain(first, select, send)),
      ...renderFindings(problems, send),
      ...others.map((chain, index) =>
        element(
          'details',
          {},
          element('summary', {}, `Another path (${index + 2} of ${chains.length})`),
          ...renderChain(chain, select, send),
        ),
      ),
    ),
  ];
}

function renderChain(
  chain: ChainView,
  select: (object: number) => void,
  send: (message: FromPanel) => void,
): readonly HTMLElement[] {
  const items = chain.nodes.map((node, index) => {
    const edge = chain.edges[index];
    return element('li', {}, renderNode(node, select, send), edge === undefined ? undefined : renderEdge(edge));
  });
  return [
    renderStatus({ level: chain.level, sentence: chain.sentence }, 'summary'),
    element('ol', { class: 'chain', 'aria-label': 'From this certificate to the root' }, ...items),
  ];
}

function renderNode(
  node: ChainNode,
  select: (object: number) => void,
  send: (message: FromPanel) => void,
): HTMLElement {
  const { object, issuerUrl } = node;
  // The host is named: pressing the button asks it, and nothing else does.
  const fetch =
    issuerUrl === undefined
      ? undefined
      : button(`Fetch It From ${new URL(issuerUrl).host}`, 'secondary', () =>
          send({ type: 'fetchIssuer', url: issuerUrl }),
        );
  const title =
    object === undefined ? element('strong', {}, node.title) : button(node.title, 'link', () => select(object));
  return element(
    'div',
    { class: `node ${node.role} ${node.level}` },
    element('span', { class: 'role' }, roles[node.role]),
    title,
    element('span', { class: 'detail' }, node.detail),
    element('span', { class: 'detail' }, node.from),
    fetch,
  );
}

function renderEdge(edge: ChainEdge): HTMLElement {
  const proofs = edge.proofs.map(({ level, text }) => element('li', {}, renderSign(level), text));
  return element('ul', { class: 'edge', 'aria-label': 'Issued by the next one, because' }, ...proofs);
}
