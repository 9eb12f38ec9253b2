import { byDefault, type Setting } from '../../../../tls/model/setting.ts';
import { type Scope, settleDraft } from '../scopes/settle.ts';

/** `Protocols` as ALPN offers it: only what can run over TLS. The lines of one server add up, in place of the main server's. */
export function lowerAlpn(scope: Scope, http2: boolean, because: string): Setting<readonly string[]> {
  if (!scope.own.has('protocols') && !scope.inherited.has('protocols')) return byDefault(['http/1.1'], because);
  const inDefault: readonly string[] = ['http/1.1'];
  const firstOwn = scope.own.get('protocols')?.[0];
  return settleDraft(scope, ['protocols'], inDefault, because, (before) => {
    let list: string[] | undefined = before === inDefault ? undefined : [...before];
    return {
      take(statement) {
        if (list === undefined || statement === firstOwn) list = [];
        for (const { value } of statement.args) {
          if (value !== 'h2c' && (http2 || value !== 'h2')) list.push(value);
        }
        return true;
      },
      finish: () => list ?? before,
    };
  });
}
