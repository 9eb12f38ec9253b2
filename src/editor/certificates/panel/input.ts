import type { Certificate } from '../../../certificates/certificate.ts';
import type { TrustStore } from '../../../certificates/chain/paths.ts';
import type { ContainerContent } from '../../../certificates/containers/content.ts';
import type { InventoryFinding } from '../../../certificates/inventory/findings.ts';
import type { Revocations } from '../../../certificates/revocation.ts';
import type { Crypto } from '../../../host/host.ts';
import type { InspectionView } from '../../../protocol/inspection.ts';

export interface InspectionInput {
  readonly title: string;
  readonly label: string;
  readonly file: string | undefined;
  readonly content: ContainerContent;
  /** Certificates that may complete the chain, with where each was found: `In certs/ca.pem`. */
  readonly others: readonly OtherCertificate[];
  /** Roots that somebody here trusts. */
  readonly stores: readonly TrustStore[];
  /** File with the private key of the first certificate. */
  readonly keyFile: string | undefined;
  /** Rules that the package has a page about. */
  readonly pages: ReadonlySet<string>;
  readonly now: Date;
  readonly crypto: Crypto;
  readonly connection?: InspectionView['connection'];
  readonly actions?: InspectionView['actions'];
  readonly comparison?: InspectionView['comparison'] | undefined;
  readonly revocations?: Revocations;
  /** What shows when this file, and all of the workspace, are seen together. */
  readonly together?: readonly InventoryFinding[];
  /** How a file is written. */
  readonly displayFile?: (file: string) => string;
}

export interface OtherCertificate {
  readonly certificate: Certificate;
  readonly from: string;
}
