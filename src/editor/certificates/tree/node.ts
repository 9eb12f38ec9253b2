import type { InventoryFinding } from '../../../certificates/inventory/findings.ts';
import type { Usage } from '../../configurations/workspace/workspace-servers.ts';
import type { CertificateGroup, FoundCertificate, Grouping } from './model.ts';

/** What the tree's rows stand for; commands of its menus get one. */
export type CertificateNode =
  | { readonly kind: 'group'; readonly group: CertificateGroup; readonly grouping: Grouping }
  | {
      readonly kind: 'certificate';
      readonly certificate: FoundCertificate;
      readonly group: string;
      /** What tells its file from others with the same certificate; the file itself where its name does not. */
      readonly ending?: string | undefined;
    }
  | { readonly kind: 'link'; readonly certificate: FoundCertificate; readonly parent: FoundCertificate }
  | { readonly kind: 'key'; readonly file: string; readonly parent: string }
  | { readonly kind: 'usage'; readonly usage: Usage; readonly parent: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'lock'; readonly file: string; readonly reason: string }
  | { readonly kind: 'findings'; readonly findings: readonly InventoryFinding[] }
  | { readonly kind: 'finding'; readonly finding: InventoryFinding }
  | { readonly kind: 'concerned'; readonly file: string; readonly finding: InventoryFinding }
  | { readonly kind: 'problem'; readonly file: string; readonly reason: string };
