import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastValue, shellCommands, shellVariables } from '../../../src/operations/transfer/shell-words.ts';

test('commands are found behind interpreters and times, quoting read, redirections kept apart', () => {
  const script = `#!/bin/sh
# acme_tiny.py --comment
0 3 * * * root python3 /opt/acme_tiny.py --csr "a b.csr" \\
   --acme-dir '/srv/x y' > /etc/a.crt || exit; echo acme
sudo acme-tiny --csr=c\\ d.csr 2>/dev/null >>out.pem # end
acme-tiny 2>&1 >a.pem --csr "a\\"b\\c" 1>&2; acme-tiny --csr x>b.pem 2>>log
`;
  assert.deepEqual(shellCommands(script, /acme[-_]tiny(\.py)?$/), [
    { words: ['--csr', 'a b.csr', '--acme-dir', '/srv/x y'], output: '/etc/a.crt' },
    { words: ['--csr=c d.csr'], output: 'out.pem' },
    { words: ['--csr', 'a"b\\c'], output: 'a.pem' },
    { words: ['--csr', 'x'], output: 'b.pem' },
  ]);
});

test('variables of the script, several words in one, and output that is moved afterwards', () => {
  const script = `DIR=/etc/acme; CERT="a b"; NAMES="-d a.test -d b.test"
LEGO=/usr/bin/lego
\${LEGO} $NAMES --path "$DIR/x" run >"$DIR/\${CERT}.tmp" || exit
mv -f "$DIR/$CERT.tmp" "/srv/$CERT.pem"
for d in x y; do lego -d $d --email \${MAIL:-a@b.test} >& log run; done
lego -d c.test >| c.pem
`;
  // Like sh, but for a quoted variable that holds several words and nothing else.
  assert.deepEqual(shellCommands(script, /^lego$/), [
    { words: ['-d', 'a.test', '-d', 'b.test', '--path', '/etc/acme/x', 'run'], output: '/srv/a b.pem' },
    { words: ['-d', '$d', '--email', 'a@b.test', 'run'], output: undefined },
    { words: ['-d', 'c.test'], output: 'c.pem' },
  ]);
});

test('a variable is what it was set to above, and what is known only as the script runs stays as it stands', () => {
  const script = `issue() { lego -d $1 --path "$DIR"; }
readonly DIR=$HOME/acme
NAME=a.test; lego -d $NAME
NAME=b.test; lego -d $NAME
ALL="-d e.test"; ALL+=" -d f.test"; lego $ALL
mv
for NAME in c.test d.test; do
  CSR=/etc/$NAME.csr
  lego -d $NAME --csr "$CSR"
done
NAME=$(hostname -f); lego -d "$NAME"
while read -r NAME; do lego -d $NAME; done < names
`;
  const words = shellCommands(script, /^lego$/).map((command) => [...command.words, command.output ?? ''].join(' '));
  assert.deepEqual(words, [
    '-d $1 --path $HOME/acme ',
    '-d a.test ',
    '-d b.test ',
    '-d e.test -d f.test ',
    '-d $NAME --csr /etc/$NAME.csr ',
    '-d $NAME ',
    '-d $NAME ',
  ]);
  assert.equal(lastValue(script, 'DIR'), '$HOME/acme');
});

test('unfinished quotes end at the end', () => {
  assert.deepEqual(shellCommands('lego "a', /^lego$/), [{ words: ['a'], output: undefined }]);
  assert.deepEqual(shellCommands("lego 'a\\", /^lego$/), [{ words: ['a\\'], output: undefined }]);
});

test('variables are read as a shell would, but for what a command says', () => {
  const script = `BASE="/var/lib" # where
export CERTS=\${BASE}/certs; NONE= QUOTED='a b'
GIVEN=\${OLD:-2}
ELSE=\${NOBODY:-/etc}/x
LEFT=\${OLD#1}
NOW=$(date) LATE=\`x\`
TEXT="$BASE and $UNSET"
`;
  const found = shellVariables(
    script,
    new Map([
      ['BASE', '/'],
      ['OLD', '1'],
    ]),
  );
  assert.deepEqual(
    [...found],
    [
      ['BASE', '/var/lib'],
      ['OLD', '1'],
      ['CERTS', '/var/lib/certs'],
      ['NONE', ''],
      ['GIVEN', '1'],
      ['ELSE', '/etc/x'],
      ['TEXT', '/var/lib and '],
    ],
  );
});
