import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import { loadModules } from './load-module.ts';
import type { ApacheRule } from './rule.ts';

/** `Protocols h2` where nothing speaks it: the list is taken, and clients get HTTP/1.1. */
export const http2Unspoken: ApacheRule = {
  id: 'http2-unspoken',
  title: 'HTTP/2 is listed, and no module speaks it',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    const { modules, modulesCertain } = context.evaluation;
    if (!modulesCertain) return;
    const isForked = modules.has('mpm_prefork');
    if (!isForked && modules.has('http2')) return;
    const statement = withKey(context.evaluation, 'protocols').find(listsHttp2);
    const word = statement?.args.find(isHttp2);
    if (!statement || !word) return;
    yield {
      message: isForked
        ? `${word.value} is listed, and mod_http2 does not speak it in processes of mpm_prefork (AH10034): clients get HTTP/1.1. Load mpm_event instead, and php-fpm instead of mod_php.`
        : `${word.value} is listed, and mod_http2, which speaks it, is not loaded: clients get HTTP/1.1, and nothing is logged. Load http2_module ${howToLoad('http2', context.project.target)}.`,
      location: { file: statement.file, range: word.range },
      statement,
      fixes: isForked ? [] : loadModules(['http2'], 'ssl', context),
    };
  },
};

function listsHttp2({ args, branches }: Statement): boolean {
  return branches.length === 0 && args.some(isHttp2);
}

function isHttp2({ value }: Statement['args'][number]): boolean {
  return /^h2c?$/i.test(value);
}
