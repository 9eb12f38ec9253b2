let first = 0;

/** From which number on `each` counts: what an earlier text said is then not said again, and remembering it helps nothing. */
export function countFrom(number) {
  first = number;
}

/** `count` pieces of text, one behind the other. */
export function each(count, textOf) {
  return Array.from({ length: count }, (_, index) => textOf(first + index)).join('');
}

export function inHttp(text) {
  return `events {\n}\nhttp {\n${text}}\n`;
}

export function inServer(text) {
  return inHttp(`server {\nlisten 443 ssl;\nserver_name a.example;\n${text}}\n`);
}

export const tlsLines = 'SSLEngine on\nSSLCertificateFile /c.pem\nSSLCertificateKeyFile /k.pem\n';

/** A main file of Apache. */
export function inApache(text) {
  return `LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nListen 80\nListen 443\n${text}`;
}

/** One virtual host of Apache. */
export function inHost(text) {
  return inApache(`<VirtualHost *:443>\nServerName a.example\n${tlsLines}${text}</VirtualHost>\n`);
}

/** Virtual hosts of Apache, and what stands outside of them. */
export function withHosts(outside, count, port, inside) {
  const host = (index) => `<VirtualHost *:${port}>\nServerName h${index}.example\n${inside(index)}</VirtualHost>\n`;
  return inApache(`${outside}${each(count, host)}`);
}
