// Looks at a challenge file as the client does, in a process of its own, and prints what it says.
// usage: node check-over-http.mjs URL CONTENT
import { checkOverHttp } from '../../src/acme/order/self-check.ts';

const [url = '', content = ''] = process.argv.slice(2);
process.stdout.write((await checkOverHttp(url, content, undefined)) ?? 'found');
