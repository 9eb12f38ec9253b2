import type { ApacheRule } from './rule.ts';

/** Every rule about Apache's own text. */
export const apacheRules: readonly ApacheRule[] = [];
