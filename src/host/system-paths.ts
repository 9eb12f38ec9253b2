/** A path of this machine as the core writes it: with `/`, on Windows too, where a name has no backslash. */
export function fromSystem(path: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
