/** The text that a snippet, as VS Code writes them, brings where nobody changes its proposals. */
export function previewOf(body: string): string {
  const proposals = new Map<string, string>();
  const fill = (text: string): string =>
    text.replaceAll(/\\(.)|\$(?:\{(\d):([^}]*)\}|(\d))/g, (_, escaped, place, proposal, again) => {
      if (place !== undefined) proposals.set(place, fill(proposal));
      return escaped ?? proposals.get(place ?? again) ?? '';
    });
  return fill(body);
}
