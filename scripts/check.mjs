// Types, lint, format, and whether what is generated is fresh.
import { runChecks } from './test/checks.mjs';

process.exitCode = runChecks().failed === 0 ? 0 : 1;
