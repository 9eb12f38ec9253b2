/** Control characters, and marks that turn the direction of text around. */
const acting = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * What a file holds, for a terminal, which would act on such characters: those of ASCII as their pictures (`␛`), others as
 * `�`; tabs stay. As many characters as before, so that columns stay.
 */
export function printable(text: string): string {
  return text.replace(acting, (character) => {
    const code = character.charCodeAt(0);
    if (character === '\t') return character;
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : '\ufffd';
  });
}
