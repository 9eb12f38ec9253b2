import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { django } from '../../../src/languages/django/index.ts';
import { projectOf, usual } from './project.ts';

/** What an entry of a dictionary is known to be after some lines, read by a switch: `A['x']['on']`. */
function after(lines: string): string {
  const text = `${usual}A = {'x': {'on': False, 'n': 1, 'list': []}}\nB = {'y': A, 'z': {}}\n${lines}\nSESSION_COOKIE_SECURE = A['x']['on']\n`;
  const [application] = django.lower(projectOf({ '/site/settings.py': text })).applications ?? [];
  const value = application?.cookies.find(({ kind }) => kind === 'session')?.secure.value;
  if (value?.kind === 'known') return String(value.value);
  return value?.kind === 'one-of' ? value.values.join(' or ') : 'unknown';
}

describe('a part of a setting, where Python has one object under several names', () => {
  const cases: Readonly<Record<string, string>> = {
    '': 'false',
    "A['x']['on'] = True": 'true',
    "A['x']['off'] = True": 'false',
    "A['x'] = {'on': True}": 'true',
    "A['x'] = {}": 'unknown',
    "A['x']['on'] = env('ON')": 'unknown',
    "A['x']['on'] = True if env('ON') else False": 'unknown',
    "A[which]['on'] = True": 'unknown',
    "A['w']['on'] = True": 'unknown',
    "A['x']['n'] += 1": 'false',
    "A['x']['on'] += 1": 'true',
    "A['x']['m'] += 1": 'unknown',
    "A['x']['list'] += [1]": 'unknown',
    "A['x'] |= {'on': True}": 'true',
    "A |= {'x': {'on': True}}": 'true',
    "A |= {'v': 1}": 'false',
    "A['x'] |= more": 'unknown',
    "A['x'].update({'on': True})": 'true',
    "A['x'].update({'off': True})": 'false',
    "A['x'].update({**more})": 'unknown',
    "A['x'].update({'off': True}, on=True)": 'unknown',
    "A['x'].update(on=True)": 'unknown',
    "A['x'].update()": 'unknown',
    "A.update({'x': {'on': True}})": 'true',
    'A.update(more)': 'unknown',
    "A['x'].setdefault('on', True)": 'false',
    "A['x'].setdefault('off', True)": 'false',
    "A['x'].pop('on')\nA['x'].setdefault('on', True)": 'unknown',
    "A.setdefault('x', {'on': True})": 'false',
    "A = {**more}\nA.setdefault('x', {'on': True})": 'unknown',
    'A.setdefault(name, {})': 'unknown',
    "A['x'].pop('on')": 'unknown',
    "A['x']['list'].append(1)": 'unknown',
    "A['x'].get('on')": 'false',
    "del A['x']['on']": 'unknown',
    "del B['z']": 'unknown',
    "B['y']['x']['on'] = True": 'true',
    "C = A['x']\nC['on'] = True": 'true',
    "C = [A['x']]\nC.append(1)\nA['x']['on'] = True": 'true',
    "C = A['x']\nC.pop('on')": 'unknown',
    "B['y'].pop('x')": 'unknown',
    "B['z'] = A['x']\nB['z']['on'] = True": 'true',
    "B['y'] = {}\nB['y']['x'] = {'on': True}": 'false',
    'change(A)': 'unknown',
    "for name in A:\n    A[name]['on'] = True": 'unknown',
    "if env('ON'):\n    A['x']['on'] = True": 'true or false',
    "if True:\n    A['x']['on'] = True": 'true',
    "if env('ON'):\n    A = env.db()\nA['x']['on'] = True": 'unknown',
    "C = A['x']\nif env('ON'):\n    C = {}\nC['on'] = True": 'unknown',
  };
  for (const [lines, value] of Object.entries(cases))
    test(`${lines || 'nothing'}: ${value}`, () => assert.equal(after(lines), value));
});
