import type { Analysis } from '../../../src/analysis/analyse.ts';
import { parseProfile } from '../../../src/tls/custom-profile.ts';
import type { ServerModel } from '../../../src/tls/model/server-model.ts';
import { profiles } from '../../../src/tls/profiles.ts';
import { analyseText } from '../../support/analyse.ts';
import type { Sample } from './pages.ts';
import { sampleFile, sampleTime } from './sample-files.ts';

/** Judges a page's sample as its fence says. One that opens a listener is a whole configuration. */
export function analyseSample({ language, settings, text }: Sample): Analysis {
  const target = settings.get('target');
  const profile = settings.get('profile');
  const own = ownProfile(settings);
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
    servers: serversBefore(settings.get('behind')),
    ...(target === undefined ? {} : { target }),
    ...(profile === undefined ? {} : { profile: profiles[profile as keyof typeof profiles] }),
    ...(Object.keys(own).length === 0 ? {} : { profile: parseProfile(own, 'policy') }),
  });
}

/** A server that ends TLS for a name, and passes requests on without a word about that. */
function serversBefore(name: string | undefined): readonly ServerModel[] {
  if (name === undefined) return [];
  const lines = `listen 443 ssl; server_name ${name}; ssl_certificate /c/a.crt; ssl_certificate_key /c/a.key;`;
  const pass = 'location / { proxy_pass http://127.0.0.1:8000; proxy_set_header Host $host; }';
  const text = `events {}\nhttp { server { ${lines} ${pass} } }\n`;
  return [analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' }).model];
}

/** A profile of somebody's own, who asks for other suites, longer keys or other curves. */
function ownProfile(settings: Sample['settings']): Readonly<Record<string, unknown>> {
  const [suites, bits, curves] = ['suites', 'rsaBits', 'certificateCurves'].map((name) => settings.get(name));
  return {
    ...(suites === undefined ? {} : { cipherSuites: suites }),
    ...(bits === undefined ? {} : { rsaBits: Number(bits) }),
    ...(curves === undefined ? {} : { certificateCurves: curves }),
  };
}
