/**
 * What a file that a configuration names and that is not there means: `here`, on the server's own machine, it is missing;
 * `aside`, there too, but named by a snippet that no main file is known to include, it stops no server yet; `elsewhere` it may
 * well lie where the server runs.
 */
export type Whereabouts = 'here' | 'aside' | 'elsewhere';
