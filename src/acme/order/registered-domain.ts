/** Labels below which most countries register: `example.co.uk`, `example.com.au`. */
const secondLevels = words(
  `ac asso biz co com coop ed edu firm gen go gob gouv gov id ind inf info int k12 ltd me med mil name ne net nhs nom or
  org per plc police press pro sch school tm tv web`,
);

/** Countries that register below every label. */
const alwaysSecond = words('bd ck er fk jm kh mm np pg');

/** Domains below which other people register: dynamic DNS, hosting platforms and registries of their own. */
const shared = words(
  `azurewebsites.net blogspot.com br.com cloudapp.net cloudfront.net co.com ddns.net ddnss.de ddnss.org de.com dedyn.io
  deno.dev diskstation.me dnsalias.org duckdns.org dyndns.info dyndns.org dynu.net dynv6.net eu.com eu.org firebaseapp.com
  fly.dev freeddns.org gb.net github.io gitlab.io goip.de herokuapp.com homeip.net homelinux.com homelinux.net homelinux.org
  hopto.org in.net it.com jpn.com my-gateway.de myds.me myfritz.net myqnapcloud.com netlify.app ngrok-free.app ngrok.io
  no-ip.org onrender.com pages.dev readthedocs.io repl.co replit.app serveftp.net spdns.de spdns.org synology.me sytes.net
  trycloudflare.com ts.net uber.space uk.com us.com vercel.app web.app webhop.me workers.dev za.com zapto.org`,
);

/**
 * The part of a name that somebody registered, which rate limits count by: one label more than a public suffix. The whole
 * list of these (publicsuffix.org) is bigger than all that asks for it here, so that this is its rule of thumb: for rare
 * suffixes the answer is a label short.
 */
export function registeredDomain(name: string): string {
  const labels = name.replace(/^\*\./, '').split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const isSuffix =
    (top.length === 2 && secondLevels.has(second)) || alwaysSecond.has(top) || shared.has(`${second}.${top}`);
  return labels.slice(isSuffix ? -3 : -2).join('.');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
