import { knownValue, type Setting } from '../../tls/model/setting.ts';

export function isKnownFalse(setting: Setting<boolean> | undefined): boolean {
  return knownValue(setting) === false;
}

export function isKnownTrue(setting: Setting<boolean> | undefined): boolean {
  return knownValue(setting) === true;
}

/** Surely not set. */
export function isKnownNull(setting: Setting<unknown> | undefined): boolean {
  return knownValue(setting) === null;
}
