/** Letters of SSL Labs, best first. T: the certificate is not trusted; M: it is for another name. */
export const letters = ['A+', 'A', 'A-', 'B', 'C', 'D', 'E', 'F', 'T', 'M'] as const;
export type Letter = (typeof letters)[number];
