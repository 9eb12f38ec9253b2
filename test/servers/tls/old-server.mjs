// Run by the old Node whose OpenSSL is asked. Reads settings of tls.createServer from the first argument, listens on a free
// port of loopback, prints that port or why the settings are refused, and ends with its standard input.
import { createServer } from 'node:tls';

try {
  const server = createServer(JSON.parse(process.argv[2]));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
} catch ({ code, message }) {
  console.log(`${code} ${message}`);
}
process.stdin.on('end', () => process.exit()).resume();
