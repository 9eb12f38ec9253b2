import type { RuleInfo } from '../../../text/finding.ts';
import type { DirectiveRule, FileRule, ScopeRule } from '../check.ts';
import { argumentCount } from './argument-count.ts';
import { blockForm } from './block-form.ts';
import { directiveVersion } from './directive-version.ts';
import { duplicateDirective } from './duplicate-directive.ts';
import { invalidValue } from './invalid-value.ts';
import { obsoleteDirective } from './obsolete-directive.ts';
import { missingSemicolon, unbalancedBrace, unexpectedToken } from './syntax.ts';
import { unknownDirective } from './unknown-directive.ts';
import { wrongContext } from './wrong-context.ts';

/** In the order in which nginx itself looks (ngx_conf_handler): name, place, form, arguments, value. */
export const directiveRules: readonly DirectiveRule[] = [
  unknownDirective,
  directiveVersion,
  wrongContext,
  blockForm,
  argumentCount,
  duplicateDirective,
  invalidValue,
  obsoleteDirective,
];

export const scopeRules: readonly ScopeRule[] = [];

export const fileRules: readonly FileRule[] = [missingSemicolon, unbalancedBrace, unexpectedToken];

export const rules: readonly RuleInfo[] = [...fileRules, ...directiveRules, ...scopeRules].map(
  ({ id, title, severity, effect }) => ({ id, title, severity, effect }),
);
