import { load } from '../../load.mjs';

/** What reads texts that are no lines: by what, with the texts of so many pieces that `test/support/hostile.ts` has for it. */
export async function loadReaders() {
  const { hostile } = await load('test/support/hostile.ts');
  const { hasPlaceholder } = await load('src/text/placeholders.ts');
  const { withTemplateMarks } = await load('src/text/templates/template-marks.ts');
  const { scanPem } = await load('src/certificates/pem/pem.ts');
  const { parse } = await load('src/languages/nginx/parse/parse.ts');
  const { parseApache } = await load('src/languages/apache/parse.ts');
  const { readHeld } = await load('src/analysis/project/held.ts');
  const { typedBy } = await load('src/editor/configurations/findings/unfinished.ts');
  const { hoverPlaceholder } = await load('src/languages/apache/editor/placeholders.ts');
  const { createDocument } = await load('src/text/document.ts');
  return {
    placeholders: { texts: longer(hostile.placeholders, 30), read: hasPlaceholder },
    'marks of templates': {
      texts: hostile.templateMarks,
      read: (text) => ['a.conf', 'a.tpl'].map((file) => withTemplateMarks(text, file)),
    },
    PEM: { texts: longer(hostile.pem, 30), read: scanPem },
    'words of nginx': { texts: hostile.nginx, read: (text) => parse(createDocument('/a.conf', text)) },
    'words of Apache': {
      texts: longer(hostile.apache, 3),
      read: (text) => parseApache(createDocument('/a.conf', text)),
    },
    'lines that are being written': {
      texts: longer(hostile.typed, 3),
      read: (text) => typedBy(text.slice(-1), 0, text, text.length),
    },
    'formats under the cursor': {
      texts: longer(hostile.formats, 3),
      read: (text) => hoverPlaceholder('logformat', [], 0, text, 0, text.length),
    },
    YAML: { texts: hostile.yaml, read: (text) => readHeld('/a.yaml', text) },
    'shell scripts': { texts: longer(hostile.scripts, 3), read: (text) => readHeld('/a.sh', text) },
  };
}

/** For whoever is done with a piece in no time: what a few thousand take is little, and much of it chance. */
function longer(texts, times) {
  return texts.map((textOf) => (count) => textOf(times * count));
}
