// acme-client is used for signatures, keys and requests for certificates; src/acme has a transport of its own. Its HTTP
// and logging packages would only be weight (290 kB minified), so they are replaced by something that cannot be called.

const stubs = {
  './axios':
    'module.exports = () => { throw new Error("acme-client has no transport here; src/acme/client.ts sends requests."); };',
  './logger': 'exports.log = () => {}; exports.setLogger = () => {};',
};

/** esbuild plugin. Only imports that come from inside acme-client are replaced. */
export const stubAcmeClientTransport = {
  name: 'stub-acme-client-transport',
  setup(build) {
    build.onResolve({ filter: /^\.\/(axios|logger)$/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]acme-client[\\/]src[\\/]/.test(importer)
        ? { path, namespace: 'acme-client-stub' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'acme-client-stub' }, ({ path }) => ({
      contents: stubs[path],
      loader: 'js',
    }));
  },
};
