import { certificateFields } from '../certificates/inspect.ts';
import { scanFully } from '../certificates/inventory.ts';
import { describeStatus, urgencyOf } from '../certificates/status.ts';
import { isUnreadable } from '../host/host.ts';
import { nodeHost } from '../host/node.ts';
import { relativePath, resolvePath } from '../text/path.ts';
import { type Command, printJson, UsageError } from './io.ts';
import { choice, now, readArguments } from './options.ts';

const usage = `usage: tls-workbench certificates [OPTION…] PATH…

Inventory of all certificates and private keys below the paths, the most urgent first.

  --format FORMAT   text (default), json
`;

export const certificates: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, { format: { type: 'string' } });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('no path is given. Name a folder or files.');
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const time = now(values);
  const paths = positionals.map((path) => resolvePath(io.cwd, path));
  for (const path of paths) {
    const info = await nodeHost.files.stat(path);
    if (isUnreadable(info)) throw new UsageError(`${info.message}. Check the path.`);
  }
  const inventory = await scanFully(paths, { files: nodeHost.files, crypto: nodeHost.crypto });
  const name = (file: string) => relativePath(io.cwd, file);

  if (format === 'json') {
    printJson(io, {
      certificates: inventory.certificates.map(({ file, index, certificate, keyFile }) => ({
        file: name(file),
        index,
        ...certificateFields(certificate, time),
        keyFile: keyFile === undefined ? null : name(keyFile),
      })),
      keys: inventory.keys.map(({ file, publicKey, mode, ...key }) => ({
        file: name(file),
        ...key,
        publicKey: publicKey ?? null,
        mode: mode === undefined ? null : mode.toString(8).padStart(4, '0'),
      })),
      unreadable: inventory.unreadable.map(({ file, reason }) => ({ file: name(file), reason })),
    });
    return 0;
  }
  const byEnd = [...inventory.certificates].sort(
    (a, b) => a.certificate.notAfter.getTime() - b.certificate.notAfter.getTime(),
  );
  for (const { file, index, certificate, keyFile } of byEnd) {
    const title = certificate.subjectAltNames[0]?.replace(/^DNS:/, '') ?? (certificate.subject || '(no name)');
    const more = certificate.subjectAltNames.length > 1 ? ` +${certificate.subjectAltNames.length - 1}` : '';
    io.stdout(
      `${urgencyOf(certificate, time).padEnd(13)} ${title}${more}\n              ${describeStatus(certificate, time)}\n              ${name(file)}${index > 0 ? ` (certificate ${index + 1})` : ''}${keyFile === undefined ? '' : `, key in ${name(keyFile)}`}\n`,
    );
  }
  for (const { file, reason } of inventory.unreadable)
    io.stderr(`tls-workbench certificates: ${name(file)}: ${reason}\n`);
  io.stdout(`${byEnd.length} certificates, ${inventory.keys.length} keys in ${inventory.files} files.\n`);
  return 0;
};
