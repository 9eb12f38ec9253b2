import type { CopyKind } from '../certificates/export/copy-as.ts';

/** What the extension and the inspection panel say to each other. The panel holds no state that it cannot ask for. */

/** What the window keeps of a panel, to restore it after a reload. */
export interface PanelState {
  readonly file?: string | undefined;
  /** The object that was chosen, of several. */
  readonly object?: number | undefined;
}

export type ToPanel =
  /** `select` is the object to show. */
  | { readonly type: 'show'; readonly view: InspectionView; readonly state: PanelState; readonly select?: number }
  | { readonly type: 'failed'; readonly title: string; readonly message: string; readonly state: PanelState }
  /** Read out to screen readers and shown for a moment. */
  | { readonly type: 'said'; readonly message: string }
  /** Somebody is there who has what the panel sent. */
  | { readonly type: 'taken' };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'selected'; readonly object: number }
  | { readonly type: 'copy'; readonly object: number; readonly as: CopyKind }
  | { readonly type: 'copyText'; readonly text: string; readonly what: string }
  | { readonly type: 'openFile'; readonly file: string }
  | { readonly type: 'showRulePage'; readonly rule: string }
  | { readonly type: 'run'; readonly action: PanelAction }
  /** Only for a URL that the view itself offers. */
  | { readonly type: 'fetchIssuer'; readonly url: string };

/** What the panel may ask the extension to do beside showing. */
export type PanelAction = 'compare' | 'compareWithCommitted' | 'password' | 'trust' | 'addIssuer';

export type { CopyKind };

export type Level = 'good' | 'information' | 'warning' | 'error';

/** All that the panel shows, in words. Every string may come from a stranger's certificate and is shown as text only. */
export interface InspectionView {
  /** What is inspected: a file's name or a host. */
  readonly title: string;
  readonly source: { readonly label: string; readonly file: string | undefined };
  /** The whole in one sentence. */
  readonly status: Status;
  /** What everybody asks first: for whom, by whom, with which key. */
  readonly facts: readonly RowView[];
  /** How a host answered; undefined for files. */
  readonly connection: SectionView | undefined;
  readonly objects: readonly ObjectView[];
  /** Paths from the first certificate to its roots; empty where there is no certificate. */
  readonly chains: readonly ChainView[];
  /** What stands against the chain as a whole. */
  readonly chainProblems: readonly FindingView[];
  /** What shows when the objects of the file, and the files of the workspace, are seen together. */
  readonly together: readonly FindingView[];
  /** Who trusts the chain, a line for each trust store. */
  readonly trust: SectionView | undefined;
  readonly timeline: TimelineView | undefined;
  readonly actions: readonly { readonly action: PanelAction; readonly label: string }[];
  /** Another certificate's differences, where one was compared. */
  readonly comparison: ComparisonView | undefined;
}

export interface Status {
  readonly level: Level;
  readonly sentence: string;
}

export interface ObjectView {
  /** `Certificate`, `Private key`, `Certificate request`, … */
  readonly kind: string;
  /** As a list of objects calls it. */
  readonly title: string;
  readonly status: Status | undefined;
  readonly sections: readonly SectionView[];
  readonly names: readonly NameView[];
  readonly extensions: readonly ExtensionView[];
  readonly findings: readonly FindingView[];
  readonly copies: readonly { readonly as: CopyKind; readonly label: string }[];
}

export interface SectionView {
  readonly title: string;
  readonly rows: readonly RowView[];
}

export interface RowView {
  readonly label: string;
  readonly value: string;
  /** Digits and hex read better in a fixed font. */
  readonly code?: boolean;
  readonly note?: string;
}

export interface NameView {
  /** `DNS`, `IP`, `email`, … */
  readonly kind: string;
  readonly value: string;
  readonly note?: string;
}

export interface ExtensionView {
  readonly name: string;
  readonly oid: string;
  readonly critical: boolean;
  /** In plain words, one line each. */
  readonly lines: readonly string[];
  /** Bytes in hex. */
  readonly raw: string | undefined;
  readonly error: string | undefined;
}

export interface FindingView {
  readonly rule: string;
  /** The package has a page about the rule. */
  readonly hasPage: boolean;
  readonly level: Level;
  readonly message: string;
  readonly reference: string | undefined;
}

export interface ChainView {
  /** From the leaf to the root. */
  readonly nodes: readonly ChainNode[];
  /** One fewer than nodes: why the next one is the issuer. */
  readonly edges: readonly ChainEdge[];
  readonly sentence: string;
  readonly level: Level;
}

export interface ChainNode {
  readonly title: string;
  readonly detail: string;
  /** Where it was found: this file, another file, a trust store; or that it is missing. */
  readonly from: string;
  readonly role: 'leaf' | 'intermediate' | 'root' | 'missing';
  /** Where the missing one can be fetched from. */
  readonly issuerUrl?: string | undefined;
  readonly level: Level;
  /** Index into `objects` where it is one of them. */
  readonly object: number | undefined;
}

export interface ChainEdge {
  readonly proofs: readonly { readonly level: Level; readonly text: string }[];
}

/** Times in milliseconds since 1970. */
export interface TimelineView {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly bars: readonly TimelineBar[];
  readonly renewal: { readonly from: number; readonly to: number } | undefined;
  /** Dates on which the lifetime that public CAs may give gets shorter. */
  readonly limits: readonly { readonly at: number; readonly label: string }[];
  /** The drawing in words. */
  readonly sentence: string;
}

export interface TimelineBar {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly level: Level;
  readonly dates: string;
}

export interface ComparisonView {
  readonly with: string;
  readonly sentence: string;
  readonly rows: readonly { readonly label: string; readonly before: string; readonly after: string }[];
}
