import { type Disposable, languages as editorLanguages, Hover, MarkdownString } from 'vscode';
import { createDocument } from '../../../text/document.ts';
import { contains } from '../../../text/range.ts';
import type { Analyses } from '../../configurations/workspace/analyses.ts';
import { editorRange, offsetOf } from '../../convert.ts';
import { planFileName } from '../../ids.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf } from '../../uris.ts';
import { describeState } from '../renewal/renew-certificate.ts';
import { proveChallenges } from '../request/challenge-proofs.ts';
import type { Plans } from './plans.ts';

/** On the name of an entry: how it stands, and for each of its names what would answer the challenge. */
export function registerPlanHover(
  plans: Plans,
  analyses: Analyses,
  settings: EditorSettings,
  now: () => Date,
): Disposable {
  return editorLanguages.registerHoverProvider(
    { pattern: `**/${planFileName}` },
    {
      async provideHover(document, position) {
        const file = fileOf(document.uri);
        const core = createDocument(file, document.getText());
        const state = plans.all.find(({ plan, text }) => plan.file === file && text === core.text);
        const offset = offsetOf(core, position);
        const found = state?.certificates.find(({ planned }) => contains(planned.nameRange, offset));
        if (state === undefined || found === undefined) return undefined;
        const { planned, action } = found;
        const contents = new MarkdownString();
        contents.appendMarkdown(plain(`${planned.name}: ${describeState(found, now())}. ${action.reason}`));
        const proofs = await proveChallenges(state.plan, analyses, settings);
        for (const { certificate, verdict, message } of proofs) {
          if (certificate !== planned.name) continue;
          contents.appendMarkdown(`\n\n${marks[verdict]} ${plain(message)}`);
        }
        return new Hover(contents, editorRange(core, planned.nameRange));
      },
    },
  );
}

/** `appendText` would also escape the dashes inside of a link. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

const marks = { proved: '✓', broken: '✗', unknown: '?' } as const;
