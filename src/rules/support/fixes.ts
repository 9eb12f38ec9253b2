import type { Change, ChangeableSettings, SettingName } from '../../tls/model/change.ts';
import type { Site } from '../../tls/model/server-model.ts';
import type { SharedSetting } from './shared-settings.ts';

/** Where the value is set it is edited there, for everybody who inherits it; where nobody set it, each owner gets it. */
export function changeShared<Name extends SettingName>(
  { setting: { origin }, owners }: Pick<SharedSetting<unknown>, 'setting' | 'owners'>,
  setting: Name,
  from: ChangeableSettings[Name] | undefined,
  to: ChangeableSettings[Name] | undefined,
): readonly Change[] {
  if (origin.kind !== 'default') return [change(owners[0], setting, from, to, 'origin')];
  return owners.map((owner) => change(owner, setting, from, to, 'site'));
}

/** Sets (or, with `to` undefined, removes) a setting in the site's own block. */
export function changeSite<Name extends SettingName>(
  site: Site,
  setting: Name,
  from: ChangeableSettings[Name] | undefined,
  to: ChangeableSettings[Name] | undefined,
): Change {
  return change(site, setting, from, to, 'site');
}

function change<Name extends SettingName>(
  site: Site,
  setting: Name,
  from: ChangeableSettings[Name] | undefined,
  to: ChangeableSettings[Name] | undefined,
  scope: Change['scope'],
): Change {
  // A generic member of the union is the union's member for that name; the compiler cannot follow that.
  return { setting, site: site.id, from, to, scope } as Change;
}
