import type { ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { tooDeepCa } from './support/certificates/client-depth.ts';
import { lackOfRoot } from './support/certificates/rootless.ts';
import { inErrorLog, serverFacts, takesTrustedCaForClients } from './support/server-facts.ts';
import { inheritors, startSettings, writtenSettings } from './support/shared-settings.ts';
import { isSetUpAtStart, preparedByPlace } from './support/sites/prepared-sites.ts';
import { isKnownNull } from './support/values.ts';

/** Clients have to show a certificate, and no CA says which. */
export const clientCaMissing: Rule = {
  id: 'client-ca-missing',
  title: 'Client certificates are demanded, but no CA is trusted',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { model } = context;
    if (!model.complete) return;
    yield* withoutRoot(context);
    yield* tooDeep(context);
    const preparedAt = preparedByPlace(model, 'clientVerification');
    for (const shared of startSettings(model, 'clientVerification')) {
      const demanded = knownValue(shared.setting);
      if (demanded !== 'required' && demanded !== 'optional') continue;
      const started = shared.endpoints.filter(({ site }) => isSetUpAtStart(model, site));
      const asking = [...started, ...preparedAt(shared.location)];
      const lacking = asking.find(({ tls }) => trustsNobody(model, tls));
      if (lacking === undefined) continue;
      const stops = serverFacts(model).startMessages['no-client-ca'] !== undefined;
      // OpenSSL's own commands name CAs too (VerifyCAFile).
      if (!stops && model.paths.some(({ isForCommand, purpose }) => isForCommand && purpose === 'client-ca')) continue;
      const refused = demanded === 'optional' ? 'whoever shows a certificate is refused' : 'every client is refused';
      yield {
        message: `Clients are asked for a certificate, and no file says which CAs to trust${otherwise(model, lacking.tls)}: ${stops ? `the server does not start${inErrorLog(model, 'no-client-ca')}` : refused}. Specify the CA of the client certificates.`,
        location: shared.location,
        effect: stops ? 'start' : 'connect',
        ...(stops || demanded === 'required' ? {} : { severity: 'warning' }),
        related: inheritors(shared),
      };
    }
  },
};

function* withoutRoot(context: RuleContext): Iterable<Report> {
  for (const shared of writtenSettings(context.model, 'clientCertificates')) {
    const refused = shared.endpoints.filter(({ tls }) => isVerified(tls) && lack(tls) !== undefined);
    const found = refused[0] && lack(refused[0].tls);
    if (found === undefined) continue;
    const isDemanded = refused.some(({ tls }) => knownValue(tls.clientVerification) === 'required');
    yield {
      message: `${found.what}: whoever shows a certificate is refused. ${found.next}.`,
      location: shared.location,
      effect: 'connect',
      ...(isDemanded ? {} : { severity: 'warning' }),
    };
  }

  function lack({ clientCertificates, trustedCertificate }: TlsSettings): ReturnType<typeof lackOfRoot> {
    return lackOfRoot(context, clientCertificates, trustedCertificate);
  }
}

function* tooDeep(context: RuleContext): Iterable<Report> {
  for (const shared of writtenSettings(context.model, 'clientCertificates')) {
    const tls = shared.endpoints.find((endpoint) => isVerified(endpoint.tls))?.tls;
    const deep = tls && tooDeepCa(context, tls);
    if (!tls?.clientDepth || !deep || lackOfRoot(context, tls.clientCertificates)) continue;
    const depth = knownValue(tls.clientDepth);
    yield {
      message: `Clients are refused whose certificate ${nameOf(deep.ca)} has signed${deep.needed > 1 ? ', an inner CA' : ''}: ${depth === 0 ? 'no certificate' : `at most ${depth} ${depth === 1 ? 'certificate' : 'certificates'}`} may stand above the client's own, with the root (AH02040). Allow a depth of ${deep.needed}.`,
      location: originLocation(tls.clientDepth) ?? shared.location,
      severity: 'warning',
      effect: 'connect',
    };
  }
}

function isVerified({ clientVerification }: TlsSettings): boolean {
  const asked = knownValue(clientVerification);
  return asked === 'required' || asked === 'optional';
}

function trustsNobody(model: ServerModel, { clientCertificates, trustedCertificate }: TlsSettings): boolean {
  if (!isKnownNull(clientCertificates)) return false;
  return trustedCertificate === undefined || isKnownNull(trustedCertificate) || !takesTrustedCaForClients(model);
}

/** Where CAs are named for other things, which a later version takes for clients too. */
function otherwise(model: ServerModel, { trustedCertificate }: TlsSettings): string {
  if (trustedCertificate === undefined || !knownValue(trustedCertificate)) return '';
  return ` for that (those trusted for other certificates count only from version ${serverFacts(model).trustedCaVerifiesClientsSince} on)`;
}
