/**
 * Keys whose private half lies in a public repository or package, as the first eight bytes of the SHA-256 of the
 * SubjectPublicKeyInfo in hex. Only data; sorted, so that a difference shows what came.
 */
export const publishedKeys: Readonly<Record<string, string>> = {};
