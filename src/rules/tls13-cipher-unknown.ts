import { knownValue } from '../tls/model/setting.ts';
import { evaluateTls13CipherSuites, type Tls13CipherSuitesResult } from '../tls/suites/tls13-cipher-suites.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { ModelFix, Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inErrorLog } from './support/server-facts.ts';
import { idleSettings, inheritors, type SharedSetting, writtenSettings } from './support/shared-settings.ts';
import { partLocation, withoutPart } from './support/value-parts.ts';

/** A name in the list of TLS 1.3 suites that is none: skipped, or the end of the start. */
export const tls13CipherUnknown: Rule = {
  id: 'tls13-cipher-unknown',
  title: 'A TLS 1.3 cipher suite does not exist',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'tls13CipherSuites')) yield* reports(context, shared);
    for (const shared of idleSettings(context.model, 'tls13CipherSuites')) {
      for (const found of reports(context, shared)) if (found.effect === 'start') yield found;
    }
  },
};

function* reports(context: RuleContext, shared: SharedSetting<string>): Iterable<Report> {
  const text = knownValue(shared.setting);
  if (text === undefined) return;
  const result = evaluateTls13CipherSuites(text, context.model.target);
  for (const unknown of result.unknown) yield report(context, shared, text, result, unknown);
}

function report(
  { model }: RuleContext,
  shared: SharedSetting<string>,
  text: string,
  { error }: Tls13CipherSuitesResult,
  { word, range, suggestion }: Tls13CipherSuitesResult['unknown'][number],
): Report {
  const fatal = error !== undefined;
  const outcome = fatal
    ? `refuses the list, so the server does not start${inErrorLog(model, 'no-tls13-cipher')}`
    : 'skips it without a sound';
  return {
    message: `"${word}" is no cipher suite of TLS 1.3: ${describeOpenssl(model.target)} ${outcome}.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
    location: partLocation(shared, text, range),
    severity: fatal ? 'error' : 'information',
    effect: fatal ? 'start' : 'advice',
    related: inheritors(shared),
    fixes: [...replacement(), removal()],
  };

  function replacement(): readonly ModelFix[] {
    if (suggestion === undefined) return [];
    const to = text.slice(0, range.start) + suggestion + text.slice(range.end);
    const changes = changeShared(shared, 'tls13CipherSuites', text, to);
    return [{ title: `Replace ${word} by ${suggestion}`, safe: fatal, changes }];
  }

  function removal(): ModelFix {
    const to = withoutPart(text, range);
    const changes = changeShared(shared, 'tls13CipherSuites', text, to === '' ? undefined : to);
    return { title: to === '' ? 'Leave the TLS 1.3 suites to OpenSSL' : `Take ${word} out`, safe: true, changes };
  }
}
