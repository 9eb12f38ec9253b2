/**
 * How many expressions may be tried in the worst case for all servers or locations of a configuration: where it would be more,
 * none is tried and what they decide is unknown, so that time stays in proportion to the text.
 */
export const mostTries = 1_000_000;
