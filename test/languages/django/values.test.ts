import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Data } from '../../../src/languages/django/evaluate/data.ts';
import { settingsOf } from '../../../src/languages/django/evaluate/evaluate.ts';
import { lookUp } from '../../../src/languages/django/evaluate/scope.ts';
import { projectOf } from './project.ts';

/** What `X` may be in the end: `'a' | ?`, where `?` is not known and `…` stands for others in a list. */
function valuesOf(text: string, more: Readonly<Record<string, string>> = {}): string {
  const scope = settingsOf(projectOf({ '/s/settings.py': `${text}\n`, ...more }));
  return lookUp(scope, 'X')
    .map((each) => (each.isAbsent ? 'not set' : written(each.data)))
    .join(' | ');
}

function written(data: Data): string {
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  if (data.kind === 'unknown') return '?';
  if (data.kind === 'float') return `${data.value} as a float`;
  if (data.kind === 'duration') return `timedelta(${data.seconds})`;
  const parts =
    data.kind === 'dictionary'
      ? [...data.entries].map(([key, { value }]) => `${key}: ${written(value)}`)
      : data.items.map(({ value }) => written(value));
  return `${data.kind}(${[...parts, ...(data.isWhole ? [] : ['…'])].join(', ')})`;
}

/** In these `A`, `K` and `ON` are names that the environment gives values. */
const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  durations: {
    'X = timedelta(days=365)': 'timedelta(31536000)',
    'X = datetime.timedelta(1, 2, minutes=1, hours=1.5)': 'timedelta(91862)',
    'X = timedelta()': 'timedelta(0)',
    'X = timedelta(weeks=52).total_seconds()': '31449600 as a float',
    'X = int(timedelta(weeks=52).total_seconds())': '31449600',
    'X = timedelta(days=365).seconds': '0',
    'X = timedelta(days=-1, seconds=5).seconds': '5',
    'X = timedelta(days=2, hours=1).days * 24 * 60 ** 2': '172800',
    'YEAR = timedelta(days=365)\nX = YEAR.days': '365',
    'X = timedelta(hours=0.57).seconds': '2052',
    'X = timedelta(days=365).microseconds': '?',
    "X = timedelta(days=env('DAYS'))": '?',
    'X = timedelta(fortnights=2)': '?',
    'X = timedelta(1, days=1)': '?',
    'X = 1.0 / 0': '?',
    'X = timedelta(1, 2, 3, 4, 5, 6, 7, 8)': '?',
    'X = ON.total_seconds()': '?',
    "X = int('3600')": '3600',
    "X = int('a')": '?',
    'X = 2 ** -1': '?',
    'X = 10 ** 30': '?',
  },
  'texts and comparisons': {
    "X = 'a' + 'b'": '"ab"',
    "X = 'a'\nX += 'b'": '"ab"',
    "X = 'a' == 'a'": 'true',
    "X = 'a' == 'b'": 'false',
    "X = 'a' != 'b'": 'true',
    "X = 'a' < 'b'": '?',
    "X = 'a' - 'b'": '?',
    'X = None is None': 'true',
    'X = False is not None': 'true',
    "X = 'a' == ['a']": '?',
    'X = A == 1': '?',
    'X = 1 == A': '?',
    "X = f'{A}'": '?',
  },
  'numbers, of which True and False are two': {
    'X = 2 + 3': '5',
    'X = 2 - 3': '-1',
    'X = 2 * 3': '6',
    'X = 7 / 2': '3.5 as a float',
    'X = 6 / 2': '3 as a float',
    'X = 6 / 2 * 3': '9 as a float',
    'X = True * 1.5': '1.5 as a float',
    'X = -1.5': '-1.5 as a float',
    'X = 1_0e3': '10000 as a float',
    'X = 0x1e3': '483',
    'X = int(6 / 2)': '3',
    'X = 6 / 2 == 3': 'true',
    "X = 'a' if 0.0 else 'b'": '"b"',
    'X = 7 // 2': '3',
    'X = 2 == 3': 'false',
    'X = 2 != 3': 'true',
    'X = 2 < 2': 'false',
    'X = 2 <= 2': 'true',
    'X = 2 > 2': 'false',
    'X = 2 >= 2': 'true',
    'X = 5 % 3': '?',
    'X = -5': '-5',
    "X = -'a'": '?',
    'X = -A': '?',
    'X = 1 == True': 'true',
    'X = False == 0': 'true',
    'X = True == False': 'false',
    "X = True == 'a'": 'false',
    'X = 1 is True': '?',
  },
  conditions: {
    "X = 'a' if True else 'b'": '"a"',
    "X = 'a' if 0 else 'b'": '"b"',
    "X = 'a' if A else 'b'": '"a" | "b"',
    'X = A and False': 'false',
    'X = A and True': '?',
    'X = A or True': 'true',
    'X = A or False': '?',
    "X = A or 'a'": '?',
    'X = False and A': 'false',
    'X = True and A': '?',
    "X = 'a' or A": '"a"',
    "X = '' or 'a'": '"a"',
    'X = [*A] or 1': '?',
    'X = [] or 1': '1',
    'X = {} or 1': '1',
    "X = {'a': 1} and 2": '2',
    'X = {**A} or 1': '?',
    'X = not []': 'true',
    'X = not [*A]': '?',
    'X = not A': '?',
  },
  lists: {
    "X = A + ['a']": 'list("a", …)',
    "X = ['a'] + A": 'list("a", …)',
    "X = ['a'] + [*A]": 'list("a", …)',
    "X = ('a',) + ('b',)": 'tuple("a", "b")',
    "X = list(('a',))": 'list("a")',
    "X = tuple(['a'])": 'tuple("a")',
    "X = list('ab')": '?',
    "X = tuple('ab')": '?',
    'X = list(A)': '?',
    'X = bool([*A])': '?',
    "X = bool('a')": 'true',
    'X = int(3.7)': '3',
    "X = int('3')": '3',
    "X = int('3', 8)": '?',
    'X = int()': '?',
    'X = bool(x=1)': '?',
    'def bool(x):\n    return 1\nX = bool(0)': '?',
    'if ON:\n    bool = A\nX = bool(0)': '?',
    "X = ['a' if A else 'b']": 'list(?)',
    "X = {'a': 1, K: 2}": 'dictionary(a: 1, …)',
  },
  'what changes a list': {
    "X = ['a']\nX.append('b')": 'list("a", "b")',
    "X = ['a']\nX.append('b' if A else 'c')": '?',
    "X = ['a']\nX.extend(('b', *A))": 'list("a", "b", …)',
    "X = [*A]\nX.extend(['b'])": 'list("b", …)',
    "X = ['a']\nX.extend(A)": 'list("a", …)',
    "X = ['a', 'b']\nX.remove('a')": 'list("b")',
    "X = ['a', 'b']\nX.remove(A)": '?',
    "X = {'a'}\nX.add('b')": 'set("a", "b")',
    "X = {'a', 'b'}\nX.discard('b')": 'set("a")',
    "X = ['a']\nX.pop()": '?',
    "X = ['a']\nX.clear()": '?',
    "X = ['a']\nX.sort()": 'list("a")',
    "X = 'a'\nX.append('b')": '?',
    "X.append('a')": '?',
    "X = ['a']\nA.b.append('b')": 'list("a")',
    "X = ['a']\nprint(x)": 'list("a")',
    "X += ['a']": '?',
  },
  'ways that a file may go': {
    'X = 1\nif ON:\n    X = 2\nelif A:\n    X = 3': '2 | 3 | 1',
    'if ON:\n    X = 2\nelse:\n    X = 3': '2 | 3',
    'X = 1\nif A or True:\n    X = 2': '2',
    'X = 1\ntry:\n    X = f()\nexcept E:\n    X = 3': '? | 3',
    'X = 1\ntry:\n    X = 2\nexcept E:\n    pass': '2 | 1',
    'X = 1\ntry:\n    import a\nexcept E:\n    pass\nelse:\n    X = 2': '2 | 1',
    'X = 1\ntry:\n    X = f()\nfinally:\n    X = 4': '4',
    'X = 1\nwith A as b:\n    X = 2': '2',
    'X = 1\nif not ON:\n    raise E': '1',
    'if ON:\n    X = 1': '1 | not set',
    "D = 'a' if A else ''\nX = 1\nif D:\n    X = 2": '2 | 1',
    "D = 'a' if A else 'b'\nX = 1\nif D:\n    X = 2": '2',
    "D = '' if A else 0\nX = 1\nif D:\n    X = 2": '1',
    'X = 1\nif ON:\n    Y = 2': '1',
    'if ON:\n    X = A\nelse:\n    X = B': '? | ?',
    'if ON:\n    from more import *\nX = Y': '?',
    "X = ['a']\nf(X)": '?',
    "X = ['a']\nf(*X, 1)": '?',
    'X = 1\nclass Config(BaseSettings):\n    Y = 2': '?',
    'X = 1\nclass Helper(Base):\n    y = 2': '1',
    'X = 1\nclass Other:\n    Y = 2': '1',
    'A.X = 1\nX = A.X': '?',
    'X = [1 if A else 2, B] if ON else 3': 'list(?, ?) | 3',
    [`X = ${Array.from({ length: 8 }, (_, index) => `${index} if A else`).join(' ')} 8`]: '?',
    [`X = ${Array.from({ length: 7 }, (_, index) => `${index} if A else`).join(' ')} 7`]:
      '0 | 1 | 2 | 3 | 4 | 5 | 6 | 7',
  },
};

for (const [what, values] of Object.entries(cases)) {
  describe(what, () => {
    for (const [text, expected] of Object.entries(values))
      test(`${JSON.stringify(text)} is ${expected}`, () => assert.equal(valuesOf(text), expected));
  });
}

describe('what a file takes over from another', () => {
  const read = (main: string, base: string) => valuesOf(main, { '/s/base.py': base });

  test('stands beside what was before, where a condition decides', () => {
    assert.equal(read('X = 1\nfrom .base import *', 'if ON:\n    X = 2'), '2 | 1');
    assert.equal(read('X = 1\nfrom .base import *', 'X = 2'), '2');
    assert.equal(read('X = 1\nfrom .base import *', '_X = 2'), '1');
  });

  test('is not known where that takes over what is not read', () => {
    assert.equal(read('from .base import *', 'from more import *'), '?');
    assert.equal(read('X = 1\nfrom .base import *', 'from more import *'), '?');
    assert.equal(read('from .base import *\nX = 1', 'from more import *'), '1');
  });

  test('is changed with it, as it is one list for both', () => {
    const again = (change: string) => read(`from .base import *\n${change}\nfrom .base import *`, "X = ['a']");
    assert.equal(again("X += ['b']"), 'list("a", "b")');
    assert.equal(again("X = X + ['b']"), 'list("a")');
    assert.equal(again("if ON:\n    X += ['b']"), 'list("a") | list("a", "b")');
    assert.equal(again("X.append('b')"), 'list("a", "b")');
    assert.equal(read("from .base import *\nX += ('b',)\nfrom .base import *", "X = ('a',)"), 'tuple("a")');
    assert.equal(read("X = ['a']\nY = X\nY += ['b']", ''), 'list("a", "b")');
    assert.equal(read("X = ['a']\nY = ['a']\nY += ['b']", ''), 'list("a")');
  });
});
