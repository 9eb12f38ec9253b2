import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { readConfigObj } from '../../src/operations/transfer/configobj.ts';
import { randomNumbers } from '../support/random.ts';

/** What ConfigObj writes for each value, in a section as certbot has, and reads again; null where it does neither. */
const script = `
import json, sys
from configobj import ConfigObj
def written(value):
    config = ConfigObj()
    config['renewalparams'] = {'x': value}
    try:
        lines = config.write()
        return {'lines': lines, 'read': ConfigObj(lines)['renewalparams']['x']}
    except Exception:
        return None
print(json.dumps([written(value) for value in json.load(sys.stdin)]))
`;

test("values are read as certbot's ConfigObj writes them", () => {
  const random = randomNumbers(27);
  const below = (limit: number) => Math.floor(random() * limit);
  const letters = `ab c,#'"=[]\\$`;
  const word = () => Array.from({ length: below(9) }, () => letters.charAt(below(letters.length))).join('');
  const values = [
    'systemctl reload nginx',
    'sh -c "cp \'a\' b, c" # d',
    ...Array.from({ length: 200 }, word),
    ...Array.from({ length: 100 }, () => Array.from({ length: below(4) }, word)),
  ];
  // Debian's own Python has what certbot needs.
  const output = execFileSync('/usr/bin/python3', ['-c', script], { input: JSON.stringify(values), encoding: 'utf8' });
  const all: readonly ({ readonly lines: readonly string[]; readonly read: string | readonly string[] } | null)[] =
    JSON.parse(output);
  const known = all.flatMap((one) => one ?? []);
  assert.ok(known.length > 200, String(known.length));
  for (const { lines, read } of known) {
    const text = lines.join('\n');
    assert.deepEqual(readConfigObj(text).sections.get('renewalparams')?.all('x'), [read].flat(), text);
  }
});
