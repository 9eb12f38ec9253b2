import type { ApacheRule } from './rule.ts';

/** A whole configuration that opens no port: AH00015. */
export const listenMissing: ApacheRule = {
  id: 'listen-missing',
  title: 'No port is opened',
  severity: 'error',
  effect: 'start',
  *check({ evaluation, project }) {
    if (!project.complete || !evaluation.modulesCertain) return;
    if (evaluation.all.some(({ key }) => key === 'listen')) return;
    yield {
      message:
        'No Listen opens a port: Apache logs "no listening sockets available, shutting down" (AH00015) and does not start. Add Listen 80, and Listen 443 for TLS.',
      location: { file: project.entry, range: { start: 0, end: 0 } },
    };
  },
};
