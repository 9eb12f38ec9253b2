import type { ApacheRule } from './rule.ts';

/** httpd counts how deep includes are nested, and breaks off (ap_process_resource_config). */
export const includeCircular: ApacheRule = {
  id: 'include-circular',
  title: 'File that includes itself',
  severity: 'error',
  effect: 'start',
  *check({ evaluation }) {
    for (const statement of evaluation.circular) {
      const [argument] = statement.args;
      if (!argument) continue;
      yield {
        message:
          'The file includes itself: Apache ends with "Exceeded maximum include depth" and does not start. Remove this line.',
        location: { file: statement.file, range: argument.range },
        statement,
      };
    }
  },
};
