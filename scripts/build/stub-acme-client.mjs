// acme-client is used for signatures, keys and requests for certificates; src/acme has a transport of its own. What its
// signing module brings along would only be weight (290 kB minified): HTTP and logging packages that are never called, and
// the certificate library for a function that Node has too.

const stubs = {
  './axios':
    'module.exports = () => { throw new Error("acme-client has no transport here; src/acme/client/client.ts sends requests."); };',
  './logger': 'exports.log = () => {}; exports.setLogger = () => {};',
  // RFC 7638 wants the members of a key in the order of their names.
  './crypto': `const { createPublicKey } = require('node:crypto');
exports.getJwk = (pem) => Object.fromEntries(Object.entries(createPublicKey(pem).export({ format: 'jwk' })).sort());`,
};

/** esbuild plugin. Only imports by acme-client's signing module, `src/http.js`, are replaced. */
export const stubAcmeClientTransport = {
  name: 'stub-acme-client-transport',
  setup(build) {
    build.onResolve({ filter: /^\.\/(axios|logger|crypto)$/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]acme-client[\\/]src[\\/]http\.js$/.test(importer)
        ? { path, namespace: 'acme-client-stub' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'acme-client-stub' }, ({ path }) => ({
      contents: stubs[path],
      loader: 'js',
    }));
  },
};
