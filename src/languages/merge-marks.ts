const marks = /^(?:<{6,7}|\|{7}|={7}|>{7})$/;

/** What to do about a line that git has put where two versions of a text met; undefined for any other. No directive is called so. */
export function aboutMergeMark(name: string): string | undefined {
  return marks.test(name)
    ? 'A merge is not finished here: keep one of the versions, and remove the lines with <<<<<<<, ======= and >>>>>>>.'
    : undefined;
}
