import { outputOf } from './run.mjs';

/** Whether VS Code's own command line is there. As root it refuses to open a window, so there it does not count. */
export function hasDesktopEditor() {
  return process.getuid?.() !== 0 && outputOf('code', ['--version']) !== undefined;
}
