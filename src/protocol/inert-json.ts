/** JSON that can stand inside of a script element: without `<` there is neither an end of the element nor a comment. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
