// The unit suite in one process: about a second, no disk, no network, no clock.
// usage: node scripts/unit.mjs [part of a test file's path …]
process.argv.splice(2, 0, 'unit');
await import('./suite.mjs');
