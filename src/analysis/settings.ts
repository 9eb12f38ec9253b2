import type { Severity } from '../text/finding.ts';
import { type GuidelineProfile, profiles } from '../tls/profiles.ts';
import type { Target } from '../tls/target.ts';
import { defaultTarget } from './target.ts';

/** Whether the named paths are those of this machine. `auto`: yes where the main file lies under `/etc`. */
export type PathsMode = 'here' | 'elsewhere' | 'auto';

/** Everything about an analysis that a user can choose. */
export interface AnalysisSettings {
  readonly profile: GuidelineProfile;
  readonly target: Target;
  readonly paths: PathsMode;
  /** Deployed folder → folder here, both absolute. */
  readonly map: ReadonlyMap<string, string>;
  /** Severity by rule id, or `off`. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
}

/** What holds where nobody said anything. */
export const defaultSettings: AnalysisSettings = {
  profile: profiles.intermediate,
  target: defaultTarget,
  paths: 'auto',
  map: new Map(),
  rules: new Map(),
};
