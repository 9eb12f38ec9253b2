import type { ApacheRule } from './rule.ts';

/** A backslash at the end of a comment makes the next line part of it. */
export const commentContinues: ApacheRule = {
  id: 'comment-continues',
  title: 'Line that is part of a comment',
  severity: 'warning',
  effect: 'advice',
  *check({ project }) {
    for (const [file, { swallowed, document }] of project.files) {
      for (const range of swallowed) {
        const backslash = document.text.lastIndexOf('\\', range.start);
        yield {
          message:
            'This line belongs to the comment before it, which ends in a backslash: Apache does not read it. Remove the backslash.',
          location: { file, range },
          fixes: [
            {
              title: 'Remove the backslash',
              safe: false,
              edits: [{ file, range: { start: backslash, end: backslash + 1 }, newText: '' }],
            },
          ],
        };
      }
    }
  },
};
