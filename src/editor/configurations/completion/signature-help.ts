import {
  type Disposable,
  languages as editorLanguages,
  MarkdownString,
  ParameterInformation,
  SignatureHelp,
  SignatureInformation,
} from 'vscode';
import type { Signature } from '../../../languages/signature.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { projectAt } from '../workspace/views.ts';

/** While a directive is written: how it goes, with the argument that is next. */
export function registerSignatureHelp(analyses: Analyses): Disposable {
  return editorLanguages.registerSignatureHelpProvider(
    documentsWithFindings,
    {
      async provideSignatureHelp(document, position) {
        const place = projectAt(await analyses.projects(document), document.uri, position);
        const help = place?.found.language.signature(place.found.project, place.view.file, place.view.offset);
        if (!help) return undefined;
        const { parameterAt } = await import('../../../languages/signature.ts');
        const fitting = help.signatures.find((each) => parameterAt(each, help.argument) !== undefined);
        // Behind the last argument nothing is left to say.
        if (!fitting) return undefined;
        // Several would take the arrow keys, which are to move the cursor here: the others stand below the one.
        const others = help.signatures.filter((each) => each !== fitting);
        const result = new SignatureHelp();
        result.signatures = [toSignature(fitting, others)];
        result.activeParameter = parameterAt(fitting, help.argument) ?? 0;
        return result;
      },
    },
    ' ',
  );
}

function toSignature(
  { label, parameters, documentation }: Signature,
  others: readonly Signature[],
): SignatureInformation {
  const also = others.map((other) => `or \`${other.label}\``);
  const text = [documentation, ...also].filter((line) => line !== '').join('\n\n');
  const information = new SignatureInformation(label, new MarkdownString(text));
  information.parameters = parameters.map(({ start, end }) => new ParameterInformation([start, end]));
  return information;
}
