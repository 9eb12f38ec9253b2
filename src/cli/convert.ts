import { examineContent } from '../certificates/chain/content.ts';
import { examineServed } from '../certificates/chain/served.ts';
import { orderedChain, pemBundle, pkcs7Bundle } from '../certificates/export/bundle.ts';
import { certificatesIn } from '../certificates/objects.ts';
import { encodePem } from '../certificates/pem/armour.ts';
import { host } from './host.ts';
import { type Command, UsageError } from './io.ts';
import { choice, commonHelp, now, readArguments, text } from './options.ts';
import { readSource } from './source.ts';

const usage = `usage: tls-workbench convert [OPTION…] FILE|URL

Writes the certificates of a file, whatever its container and however its PEM is written, as PEM that every server reads.
Private keys stay where they are. tls://host and the like are dialled, as with "inspect"; "-" reads standard input.

  --to FORMAT            chain (default): the leaf, then each issuer, without the root and what does not belong to it
                         pem: all certificates in the order in which they are there
                         pkcs7: all of them in one PKCS7 block
  --password-file FILE   passwords to try on what is encrypted, one a line
${commonHelp(25)}
Exit code: 0, or 2 could not run.
`;

export const convert: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, {
    to: { type: 'string' },
    'password-file': { type: 'string' },
  });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const [source, ...more] = positionals;
  if (source === undefined) throw new UsageError('no file is given. Name a file or a URL such as tls://example.com.');
  if (more.length > 0) throw new UsageError('one file at a time. Call it once for each.');
  const format = choice(values, 'to', ['chain', 'pem', 'pkcs7'], 'chain');
  const options = { crypto: host.crypto, now: now(values) };
  const { content, name } = await readSource(source, values, io);
  const certificates = certificatesIn(content);
  const [first] = certificates;
  if (first === undefined) {
    const passwords = text(values, 'password-file');
    const next = !content.locked
      ? 'Ask "inspect" what it holds.'
      : passwords === undefined
        ? 'Give its password with --password-file.'
        : `None of the passwords in ${passwords} opens it.`;
    throw new UsageError(`${name} holds no certificate that can be read. ${next}`);
  }
  const { leaf = first } = examineContent(content, options);
  if (format === 'pkcs7') io.stdout(encodePem('PKCS7', pkcs7Bundle(certificates)));
  else if (format === 'pem') io.stdout(pemBundle(certificates));
  else {
    const chain = orderedChain(leaf, certificates, options);
    io.stdout(pemBundle(chain));
    for (const { id, message } of examineServed(chain, options).problems) {
      if (id === 'missing-intermediate' || id === 'path') io.stderr(`${message}\n`);
    }
  }
  return 0;
};
