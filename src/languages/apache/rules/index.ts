import { apacheArgumentCount } from './apache-argument-count.ts';
import { apacheNotInVersion } from './apache-not-in-version.ts';
import { apacheObsoleteDirective } from './apache-obsolete-directive.ts';
import { apacheSyntax } from './apache-syntax.ts';
import { apacheUnknownDirective } from './apache-unknown-directive.ts';
import { apacheWrongContext } from './apache-wrong-context.ts';
import { duplicateListen } from './duplicate-listen.ts';
import { lostDirectoryBlock } from './lost-directory-block.ts';
import { protocolsOverridden } from './protocols-overridden.ts';
import type { ApacheRule } from './rule.ts';
import { tlsOnMainServer } from './tls-on-main-server.ts';

/** Every rule about Apache's own text. */
export const apacheRules: readonly ApacheRule[] = [
  apacheSyntax,
  apacheUnknownDirective,
  apacheWrongContext,
  lostDirectoryBlock,
  apacheArgumentCount,
  apacheNotInVersion,
  apacheObsoleteDirective,
  duplicateListen,
  protocolsOverridden,
  tlsOnMainServer,
];
