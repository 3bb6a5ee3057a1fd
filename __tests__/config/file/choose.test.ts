import { describe, expect, test } from '@jest/globals';
import { chooseEnvironment, chooseReleases } from '../../../src/config/file/choose.ts';
import { tell } from '../telling.ts';

const NAMES = ['airbyte', 'airflow', 'airflow-db', 'grafana'];

describe('releases', () => {
  test.each([
    [[], NAMES],
    [
      ['grafana', 'airbyte'],
      ['airbyte', 'grafana'],
    ],
    [['airflow*'], ['airflow', 'airflow-db']],
    [['air?low'], ['airflow']],
    [['*', 'grafana'], NAMES],
    [[`air${'*'.repeat(60)}-db`], ['airflow-db']],
  ])('%j', (wanted, chosen) => {
    expect(chooseReleases(wanted, NAMES)).toEqual(chosen);
  });

  test.each([
    ['airbite', '`airbite` is no release of the file. Did you mean `airbyte`?'],
    ['x*', '`x*` is no release of the file. It has `airbyte`, `airflow`, `airflow-db`, `grafana`.'],
    ['air.low', '`air.low` is no release of the file. Did you mean `airflow`?'],
  ])('%s is refused', (wanted, told) => {
    expect(tell(() => chooseReleases([wanted], NAMES))).toEqual([told]);
  });
});

describe('environment', () => {
  test('is one of the file, or any when the file has none', () => {
    expect(chooseEnvironment('staging', ['staging', 'production'])).toBe('staging');
    expect(chooseEnvironment('', [])).toBe('');
    expect(chooseEnvironment('eu', [])).toBe('eu');
  });

  test.each([
    [
      '',
      '`environment` is missing or empty. Set it to `staging`, `production`, as the file names them.',
    ],
    [
      'prodution',
      '`environment` is `prodution`, which is no environment of the file. Did you mean `production`?',
    ],
    [
      'qa',
      '`environment` is `qa`, which is no environment of the file. It has `staging`, `production`.',
    ],
  ])('%j is refused', (wanted, told) => {
    expect(tell(() => chooseEnvironment(wanted, ['staging', 'production']))).toEqual([told]);
  });
});
