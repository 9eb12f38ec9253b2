/** Version of the extension and the command line; a test compares it with the manifest. */
export const version = '0.1.0';
