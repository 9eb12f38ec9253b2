import { isConditional, type Statement } from './statement.ts';

/** Of mod_access_compat: refuses somebody, beside an `Allow from all` nobody else. */
export function mayRefuse({ key, args }: Statement): boolean {
  return key === 'deny' || (key === 'order' && !/^deny,allow$/i.test(args[0]?.value ?? ''));
}

/** Lets in everybody, or whomever a condition leaves open. */
export function allowsAll(statement: Statement): boolean {
  return (
    statement.key === 'allow' && (statement.args.some(({ value }) => /^all$/i.test(value)) || isConditional(statement))
  );
}

/** What it brings stands beside it where the file is at hand. */
export function isInclude({ key }: Statement): boolean {
  return key === 'include' || key === 'includeoptional';
}
