/** What a CA asks for to see a challenge of http-01, whatever the token (RFC 8555 section 8.3). */
export const challengePath = '/.well-known/acme-challenge/TOKEN';
