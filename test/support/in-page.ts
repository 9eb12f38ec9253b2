/** A function that runs in a page, made of text, since the tests know no browser types. */
export function inPage<T>(parameter: string, body: string): (element: unknown) => T {
  return new Function(parameter, body) as (element: unknown) => T;
}

/**
 * Texts below an element whose contrast to the background behind them is below what WCAG 2.2 (1.4.3,
 * 1.4.11) asks for, 4.5 for words and 3 for signs.
 */
export const weakTexts = inPage<string[]>(
  'main',
  `
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    for (let current = element; current !== null; current = current.parentElement) {
      const color = parse(getComputedStyle(current).backgroundColor);
      if (color.length === 3 || (color[3] ?? 0) > 0.9) return color;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const hidden = getComputedStyle(parent).opacity === '0' || parent.closest('svg, details:not([open]) > :not(summary)');
    if (node.textContent.trim() === '' || hidden) continue;
    const [a, b] = [luminance(parse(getComputedStyle(parent).color)), luminance(backgroundOf(parent))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < (parent.classList.contains('sign') ? 3 : 4.5)) weak.push(contrast.toFixed(2) + ': ' + node.textContent);
  }
  return weak;
`,
);
