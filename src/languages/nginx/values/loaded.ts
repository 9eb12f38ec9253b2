import type { Word } from '../parse/tree.ts';
import { networkComplaint } from './addresses.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { hasVariable, matching } from './complaint.ts';

/** Checks of modules that nginx loads as files: pictures and GeoIP. */

/** `off`, `test`, `size`, `rotate angle`, `resize width height`, `crop width height` (ngx_http_image_filter). */
const checkImageFilter: ValueCheck = (args) => {
  const [mode, ...numbers] = args;
  if (!mode) return undefined;
  const allowed = [['off', 'test', 'size'], ['rotate'], ['resize', 'crop']][numbers.length] ?? [];
  if (!allowed.includes(mode.value)) return refused(mode);
  const wrong = numbers.find((word) => !hasVariable(word) && !isMeasure(word, mode.value === 'rotate'));
  return wrong && refused(wrong);
};

function isMeasure({ value }: Word, angle: boolean): boolean {
  return angle ? /^0*(?:90|180|270)$/.test(value) : value === '-' || /^0*[1-9]\d*$/.test(value);
}

function refused(word: Word): Complaint {
  return { message: `Invalid parameter "${word.value}".`, word };
}

const quality = matching(0, /^0*[1-9]\d*$|\$/, (value) => `Invalid value "${value}": it takes a number above 0.`);

const checkDatabase: ValueCheck = ([, option]) =>
  option && option.value !== 'utf8'
    ? { message: `Invalid parameter "${option.value}".`, word: option, instead: 'utf8' }
    : undefined;

export const loadedChecks: Readonly<Record<string, ValueCheck>> = {
  image_filter: checkImageFilter,
  image_filter_jpeg_quality: quality,
  image_filter_webp_quality: quality,
  image_filter_sharpen: matching(0, /^(?!-$)/, (value) => `Invalid value "${value}".`),
  geoip_country: checkDatabase,
  geoip_org: checkDatabase,
  geoip_city: checkDatabase,
  geoip_proxy: ([word]) =>
    word && word.value !== '255.255.255.255' && networkComplaint(word)
      ? { message: `Invalid network "${word.value}".`, word }
      : undefined,
};
