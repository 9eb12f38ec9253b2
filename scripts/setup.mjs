// Installs what is missing, and says what it installs. Everything but Debian's packages goes into node_modules and .cache.
// usage: node scripts/setup.mjs [start|test|bench]
import { installCodeServer, installNewestCodeServer } from './setup/code-server.mjs';
import { installDebianPackages } from './setup/debian.mjs';
import { hasDesktopEditor } from './setup/desktop-editor.mjs';
import {
  installApart,
  installBoringSslJudge,
  installCertManagerSchemas,
  installOpenSslJudges,
  installProjectPackages,
} from './setup/npm-packages.mjs';
import { outputOf } from './setup/run.mjs';

const steps = {
  start: () => {
    const desktop = hasDesktopEditor();
    if (!desktop || outputOf('openssl', ['version']) === undefined) installDebianPackages(['start']);
    if (!desktop) installCodeServer();
  },
  test: () => {
    installDebianPackages(['start', 'test']);
    installCodeServer();
    installNewestCodeServer();
    installOpenSslJudges();
    installBoringSslJudge();
    installCertManagerSchemas();
  },
  bench: () => {
    installDebianPackages(['start', 'test']);
    installCodeServer();
    installApart('nginx-linter', ['nginx-linter@0.7.0']);
  },
};

const purpose = process.argv[2] ?? 'test';
if (!Object.hasOwn(steps, purpose)) {
  console.error(`usage: node scripts/setup.mjs ${Object.keys(steps).join('|')}`);
  process.exit(2);
}
try {
  installProjectPackages();
  steps[purpose]();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
