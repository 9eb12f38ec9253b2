import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { lower } from './project.ts';

test('what a variable or a parameter of a macro stands for is as many words as it has', () => {
  const text = `Define LIST "a.example b.example"
Define QUOTED "\\"c.example d.example\\" e.example"
Define EMPTY ""
Define VERSIONS "-all +TLSv1.3"
<Macro Aliases $list>
ServerAlias $list
</Macro>
<VirtualHost *:443>
ServerName first.example
ServerAlias \${LIST} z.example
ServerAlias \${QUOTED}
ServerAlias "\${LIST}"
ServerAlias \${EMPTY}
Use Aliases "m.example n.example"
SSLEngine on
SSLProtocol \${VERSIONS}
</VirtualHost>`;
  const [site] = lower(text).sites;
  assert.deepEqual(
    site?.names.map((name) => name.text),
    // As `apache2 -S` lists them.
    [
      'first.example',
      'a.example',
      'b.example',
      'z.example',
      'c.example d.example',
      'e.example',
      'a.example b.example',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Apache's
      '${EMPTY}',
      'm.example',
      'n.example',
    ],
  );
  assert.deepEqual(site && knownValue(site.tls.protocols), ['TLSv1.3']);
});
