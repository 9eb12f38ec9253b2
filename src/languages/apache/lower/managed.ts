import type { ManagedCertificate } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import { type Scope, settle } from './settle.ts';

/** Domains that mod_md manages: `MDomain`, `<MDomainSet>` and `MDMember`, with the authority and the challenge in force. */
export function managedCertificates(scope: Scope, because: string): Setting<readonly ManagedCertificate[]> {
  const last = (key: string) => [...(scope.inherited.get(key) ?? []), ...(scope.own.get(key) ?? [])].at(-1);
  const issuer = last('mdcertificateauthority')?.args[0]?.value ?? 'letsencrypt';
  const challenge = words(last('mdcachallenges')).join(' ') || 'tls-alpn-01 http-01 dns-01';
  return settle<readonly ManagedCertificate[]>(scope, ['mdomain', 'mdomainset'], [], because, (statement, before) => {
    const members = statement.children.filter(({ key }) => key === 'mdmember' || key === 'mdmembers');
    const names = [...words(statement), ...members.flatMap(words)].filter((name) => !/^(?:auto|manual)$/i.test(name));
    return [...before, { issuer, names, challenge, location: locationOf(statement) }];
  });
}

function words(statement: Statement | undefined): readonly string[] {
  return statement?.args.map(({ value }) => value).filter((value) => !isUncertain(value)) ?? [];
}
