import { errorCode } from './atomic.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not do that',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EMFILE: 'too many files are open',
  ENOTDIR: 'a part of its path is no folder',
  ELOOP: 'it is a link that leads round in a circle',
  ENAMETOOLONG: 'its name is too long',
};

/** Why a file cannot be written, as the end of a sentence. */
export function writeReason(error: unknown): string {
  const code = errorCode(error);
  return reasons[code ?? ''] ?? code ?? String(error);
}

/** What to do about it, as the beginning of a sentence. */
export function writeRemedy(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Make room there';
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return 'Correct the path in the plan';
    case 'EROFS':
      return 'Mount it for writing, name the folder in ReadWritePaths= of the systemd service, or write elsewhere';
    default:
      return 'Let this user write there, or write elsewhere';
  }
}

/** True where the disk or its rights are to blame, and not what we do with it. */
export function isDiskProblem(error: unknown): boolean {
  return Object.hasOwn(reasons, errorCode(error) ?? '');
}
