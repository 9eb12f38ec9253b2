import type { Analysis } from '../../../src/analysis/analyse.ts';
import { parseProfile } from '../../../src/tls/custom-profile.ts';
import { profiles } from '../../../src/tls/profiles.ts';
import { analyseText } from '../../support/analyse.ts';
import type { Sample } from './pages.ts';
import { sampleFile, sampleTime } from './sample-files.ts';

/** Judges a page's sample as its fence says. One that opens a listener is a whole configuration. */
export function analyseSample({ language, settings, text }: Sample): Analysis {
  const target = settings.get('target');
  const profile = settings.get('profile');
  // The cipher suites of a profile of somebody's own.
  const suites = settings.get('suites');
  const isMain = language === 'apache' && /^Listen /m.test(text);
  return analyseText(text, {
    language,
    file:
      language === 'apache'
        ? isMain
          ? '/work/apache2.conf'
          : '/work/site.conf'
        : { nginx: '/work/nginx.conf', django: '/work/site/settings.py' }[language],
    now: sampleTime,
    paths: settings.get('paths') === 'here' ? 'here' : 'elsewhere',
    certificates: sampleFile,
    isAbsent: (pattern) => pattern.includes('missing'),
    matched: settings.get('matched')?.split(',') ?? [],
    ...(target === undefined ? {} : { target }),
    ...(profile === undefined ? {} : { profile: profiles[profile as keyof typeof profiles] }),
    ...(suites === undefined ? {} : { profile: parseProfile({ cipherSuites: suites }, 'policy') }),
  });
}
