import { describeKey } from '../../../certificates/asn1/public-key.ts';
import type { Certificate, Extension } from '../../../certificates/certificate.ts';
import { shortName } from '../../../certificates/chain/node.ts';
import type { ContainerObject } from '../../../certificates/containers/content.ts';
import { type CopyKind, copyKinds } from '../../../certificates/export/copy-as.ts';
import { extensionTitle } from '../../../certificates/extensions/titles.ts';
import { kindTitles } from '../../../certificates/kinds.ts';
import { lintInPool, lintObject, timestampsInPool } from '../../../certificates/lint/content.ts';
import type { CertificateFinding } from '../../../certificates/lint/lint.ts';
import { certificatesIn } from '../../../certificates/objects.ts';
import { describeStatus, momentText } from '../../../certificates/status.ts';
import { describeJudged } from '../../../certificates/transparency/judge-timestamps.ts';
import type {
  ExtensionView,
  FindingView,
  NameView,
  ObjectView,
  RowView,
  SectionView,
} from '../../../protocol/inspection.ts';
import { unicodeName } from '../unicode-names.ts';
import type { InspectionInput } from './input.ts';
import { findValidity, levelOf, levelOfSeverity, nameInShort, splitName } from './words.ts';

/** Every object of the file in words. */
export function objectViews(input: InspectionInput): readonly ObjectView[] {
  const isFirst = (certificate: Certificate): boolean =>
    input.content.objects.find((object) => object.kind === 'certificate')?.certificate === certificate;
  return input.content.objects.map((object) => {
    const found = findingsOf(object, input);
    const { status, ...rest } = viewOf(object, input);
    const isToldTwice = findValidity(found) !== undefined;
    const view = { ...rest, status: isToldTwice ? undefined : status, findings: found };
    const keyRow: RowView[] =
      object.kind === 'certificate' && isFirst(object.certificate) && input.keyFile !== undefined
        ? [{ label: 'Private key', value: input.keyFile }]
        : [];
    const sections = view.sections.map((section) =>
      section.title === 'Key' ? { ...section, rows: [...section.rows, ...keyRow] } : section,
    );
    const { entry } = object.source;
    return {
      ...view,
      sections,
      title: entry === undefined || !isAlias(object) ? view.title : `${view.title} (${entry})`,
    };
  });
}

/** What the lints say of one object, the others of the file and the workspace considered. */
function findingsOf(object: ContainerObject, input: InspectionInput): readonly FindingView[] {
  const found = lintObject(object, poolOf(input), input);
  return found.map(({ rule, severity, message, reference }) => {
    return { rule, hasPage: input.pages.has(rule), level: levelOfSeverity[severity], message, reference };
  });
}

/** Findings about the certificate that the file is for. */
export function lintFirst(leaf: Certificate, input: InspectionInput): readonly CertificateFinding[] {
  return lintInPool(leaf, poolOf(input), input);
}

function poolOf({ content, others }: InspectionInput): readonly Certificate[] {
  return [...certificatesIn(content), ...others.map(({ certificate }) => certificate)];
}

const copyLabels: Readonly<Record<CopyKind, string>> = {
  pem: 'PEM',
  fingerprint: 'SHA-256 fingerprint',
  pin: 'Public key pin',
  tlsa: 'TLSA record (DANE)',
  caa: 'CAA record for its issuer',
  nginx: 'nginx directives',
  apache: 'Apache directives',
  kubernetes: 'Kubernetes Secret',
  openssl: 'openssl command',
  json: 'JSON',
};

/** What a certificate can be copied as; directives need a file that they can name. */
export function copyChoices(hasFile: boolean): readonly { readonly as: CopyKind; readonly label: string }[] {
  const needsFile: readonly CopyKind[] = ['nginx', 'apache', 'openssl'];
  return copyKinds.filter((as) => hasFile || !needsFile.includes(as)).map((as) => ({ as, label: copyLabels[as] }));
}

export function copyLabel(as: CopyKind): string {
  return copyLabels[as];
}

/** Names of entries say something in key stores and YAML, not in PEM, where they are counted. */
function isAlias({ source }: ContainerObject): boolean {
  return source.container !== 'pem' && source.container !== 'der';
}

const nothing = { status: undefined, sections: [], names: [], extensions: [], findings: [], copies: [] };

function viewOf(object: ContainerObject, input: InspectionInput): ObjectView {
  switch (object.kind) {
    case 'certificate':
      return certificateView(object.certificate, input);
    case 'privateKey': {
      const { key } = object;
      const kind = key.publicKey === undefined ? 'encrypted' : describeKey(key.publicKey);
      const rows = [
        row('Format', key.format),
        row('Kind', key.publicKey && kind),
        row(
          'Encryption',
          key.encrypted ? (key.encryption ?? 'encrypted') : 'none: anyone who can read the file has the key',
        ),
        row('Public key SHA-256', key.spkiSha256, true),
        row('Key pin', key.spkiPin, true),
      ];
      return {
        ...nothing,
        kind: kindTitles.privateKey,
        title: kind,
        status:
          key.problem === undefined
            ? { level: 'information', sentence: 'Only what its public half shows is read here.' }
            : { level: 'warning', sentence: key.problem },
        sections: [{ title: 'Key', rows: defined(rows) }],
      };
    }
    case 'publicKey': {
      const rows = [row('Kind', describeKey(object.publicKey)), row('Key pin', object.spkiPin, true)];
      return {
        ...nothing,
        kind: kindTitles.publicKey,
        title: describeKey(object.publicKey),
        sections: [section('Key', rows)],
      };
    }
    case 'request': {
      const { request } = object;
      return {
        ...nothing,
        kind: kindTitles.request,
        title: request.subjectAltNames[0]?.replace(/^\w+:/, '') ?? (request.subject || 'no name'),
        status:
          request.signature === 'bad'
            ? { level: 'error', sentence: 'Its signature was not made by its own key: a CA will refuse it.' }
            : request.signature === 'good'
              ? { level: 'good', sentence: 'A CA can make a certificate of it.' }
              : { level: 'information', sentence: 'Its signature is of a kind that cannot be checked here.' },
        names: request.subjectAltNames.map(nameView),
        sections: [
          section('Subject', subjectRows(request.subject)),
          section('Key', [
            row('Kind', describeKey(request.publicKey)),
            row('Signature', request.signatureAlgorithm),
            row('Key pin', request.spkiPin, true),
          ]),
          section(
            'Attributes',
            request.attributes.map((text, index) => row(`Attribute ${index + 1}`, text)),
          ),
        ].filter(({ rows }) => rows.length > 0),
        extensions: request.extensions.map((extension) => extensionView(extension, request.der)),
      };
    }
    case 'crl': {
      const { revocationList: list } = object;
      const rows = [
        row('Issuer', list.issuer),
        row('This update', momentText(list.thisUpdate)),
        row('Next update', list.nextUpdate && momentText(list.nextUpdate)),
        row('Signature', list.signatureAlgorithm),
        row('Revoked', String(list.revokedCount)),
      ];
      const revoked = list.revoked.map((entry) =>
        row(entry.serialNumber, [momentText(entry.revocationDate), entry.reason].filter(Boolean).join(', ')),
      );
      return {
        ...nothing,
        kind: kindTitles.crl,
        title: nameInShort(list.issuer),
        status:
          list.nextUpdate !== undefined && list.nextUpdate < input.now
            ? { level: 'warning', sentence: `It is outdated: a newer one was due on ${momentText(list.nextUpdate)}.` }
            : undefined,
        sections: [section('List', rows), section('Revoked certificates', revoked)].filter(
          (each) => each.rows.length > 0,
        ),
        extensions: list.extensions.map((extension) => extensionView(extension, list.der)),
      };
    }
    case 'ocspResponse': {
      const { response } = object;
      const rows = [
        row('Status', response.status),
        row('Produced', response.producedAt && momentText(response.producedAt)),
        row('Responder', response.responder),
      ];
      const answers = response.responses.map((each) =>
        row(
          each.serialNumber,
          `${[each.status, each.reason].filter(Boolean).join(', ')}, from ${momentText(each.thisUpdate)}`,
        ),
      );
      return {
        ...nothing,
        kind: kindTitles.ocspResponse,
        title: response.status,
        sections: [section('Response', rows), section('Certificates', answers)].filter((each) => each.rows.length > 0),
      };
    }
    case 'dhParameters':
      return { ...nothing, kind: kindTitles.dhParameters, title: `${object.bits} bits` };
    case 'ecParameters':
      return { ...nothing, kind: kindTitles.ecParameters, title: object.curve };
    case 'unreadable':
      return {
        ...nothing,
        kind: kindTitles.unreadable,
        title: object.label,
        status: { level: 'error', sentence: `It cannot be read: ${object.reason}` },
      };
  }
}

function certificateView(certificate: Certificate, input: InspectionInput): ObjectView {
  const { now, file } = input;
  const timestamps = timestampsInPool(certificate, poolOf(input), input).map(describeJudged);
  const level = levelOf(certificate, now);
  const isRevoked = input.revocations?.has(certificate.sha256) === true;
  return {
    kind: certificate.isCa ? 'CA certificate' : kindTitles.certificate,
    title: shortName(certificate),
    status: { level: isRevoked && level === 'good' ? 'warning' : level, sentence: describeStatus(certificate, now) },
    names: certificate.subjectAltNames.map(nameView),
    sections: [
      section('Subject', subjectRows(certificate.subject)),
      section('Issuer', subjectRows(certificate.issuer)),
      section('Validity', [
        row('From', momentText(certificate.notBefore)),
        row('To', momentText(certificate.notAfter)),
        row('Serial number', certificate.serialNumber, true),
        row('Signature', certificate.signatureAlgorithm),
        row('Version', String(certificate.version)),
      ]),
      section('Key', [row('Kind', describeKey(certificate.publicKey)), row('Key pin', certificate.spkiPin, true)]),
      section('Fingerprints', [
        row('SHA-256', colons(certificate.sha256), true),
        row('SHA-1', colons(certificate.sha1), true),
      ]),
      section(
        'Certificate Transparency',
        timestamps.map(({ log, what }) => row(log, what)),
      ),
    ].filter(({ rows }) => rows.length > 0),
    extensions: certificate.extensions.map((extension) => extensionView(extension, certificate.der)),
    findings: [],
    copies: copyChoices(file !== undefined),
  };
}

function section(title: string, rows: readonly (RowView | undefined)[]): SectionView {
  return { title, rows: defined(rows) };
}

function row(label: string, value: string | undefined, code = false): RowView | undefined {
  return value === undefined ? undefined : { label, value, ...(code ? { code } : {}) };
}

function defined(rows: readonly (RowView | undefined)[]): readonly RowView[] {
  return rows.filter((each) => each !== undefined);
}

const attributeNames: Readonly<Record<string, string>> = {
  CN: 'Common name',
  O: 'Organisation',
  OU: 'Unit',
  C: 'Country',
  ST: 'State',
  L: 'Locality',
  STREET: 'Street',
  DC: 'Domain component',
  UID: 'User ID',
  serialNumber: 'Serial number',
  emailAddress: 'Mail address',
};

/** The parts of an RFC 4514 name, the most specific one first. */
function subjectRows(name: string): readonly RowView[] {
  if (name === '') return [{ label: 'Name', value: 'empty', note: 'its names say whom it is for' }];
  return splitName(name).map(([type, value]) => ({ label: attributeNames[type] ?? type, value }));
}

function nameView(name: string): NameView {
  const [, kind = 'name', value = name] = /^(\w+):(.*)$/s.exec(name) ?? [];
  const note = kind === 'DNS' ? unicodeName(value) : undefined;
  return { kind, value, ...(note === undefined ? {} : { note }) };
}

function extensionView(extension: Extension, der: Uint8Array): ExtensionView {
  const { name, oid, critical, value, error, range } = extension;
  const bytes = der.subarray(range.start, range.end);
  const raw = [...bytes.subarray(0, 4096)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return {
    name: extensionTitle(name),
    oid,
    critical,
    lines: error === undefined ? value.split('\n') : [],
    raw: bytes.length > 4096 ? `${raw} … (${bytes.length} bytes)` : raw,
    error,
  };
}

function colons(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}
