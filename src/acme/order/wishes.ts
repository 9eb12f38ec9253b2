import type { PlannedCertificate } from '../plan/plan.ts';

/** What a CA is asked for beside names and key, of which the certificate itself does not tell whether it was. */
export type Wishes = Pick<PlannedCertificate, 'profile' | 'preferredChain' | 'mustStaple'>;

export function wishesOf({ profile, preferredChain, mustStaple, csr }: PlannedCertificate): Wishes {
  // The user's own request says of stapling what it says.
  return { profile, preferredChain, mustStaple: mustStaple && csr === undefined };
}

/** What the plan wishes that was not asked for, or the other way round, as a sentence; undefined where it is the same. */
export function changedWish(planned: PlannedCertificate, asked: Wishes): string | undefined {
  const wanted = wishesOf(planned);
  if (wanted.profile !== asked.profile)
    return `The plan names ${profileText(wanted.profile)}; it was asked for with ${profileText(asked.profile)}.`;
  if (wanted.mustStaple !== asked.mustStaple)
    return wanted.mustStaple
      ? 'The plan wants OCSP Must-Staple, without which it was asked for.'
      : 'It was asked for with OCSP Must-Staple, which the plan does not want.';
  // Where none is preferred any more, whatever is there will do.
  if (wanted.preferredChain !== undefined && wanted.preferredChain !== asked.preferredChain)
    return `The plan prefers the chain of "${wanted.preferredChain}", which was not asked for.`;
  return undefined;
}

function profileText(profile: string | undefined): string {
  return profile === undefined ? 'no profile' : `profile "${profile}"`;
}
